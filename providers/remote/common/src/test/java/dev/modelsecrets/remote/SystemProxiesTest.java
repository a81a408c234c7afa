package dev.modelsecrets.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemProxiesTest {

    private static String proxy(Map<String, String> variables, String address) {
        return SystemProxies.of(variables)
                .proxyFor(URI.create(address))
                .map(InetSocketAddress::toString)
                .orElse("none");
    }

    @Test
    void proxyFor_variables_areChosenByScheme() {
        Map<String, String> variables = Map.of("HTTPS_PROXY", "http://proxy:3128", "http_proxy", "plain:8080");

        assertThat(proxy(variables, "https://vault:8200")).startsWith("proxy").endsWith(":3128");
        assertThat(proxy(variables, "http://vault:8200")).startsWith("plain").endsWith(":8080");
        assertThat(proxy(Map.of(), "https://vault:8200")).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({
        "'vault.internal', https://vault.internal, true",
        "'.internal,other', https://vault.internal, true",
        "'internal', https://vault.internal, true",
        "'*.internal', https://VAULT.internal, true",
        "'*', https://vault.example.com, true",
        "'ernal', https://vault.internal, false",
        "'', https://vault.internal, false",
        "'', https://localhost:8200, true",
        "'', http://127.0.0.1, true",
        "'10.0.0.0/8,192.168.7.0/29', https://10.96.0.1:443, true",
        "'10.0.0.0/8,192.168.7.0/29', https://192.168.7.7, true",
        "'10.0.0.0/8,192.168.7.0/29', https://192.168.7.8, false",
        "'0.0.0.0/0', https://203.0.113.1, true",
        "'10.0.0.0/8', https://10.0.0.1.example.com, false",
        "'999.0.0.0/8', https://10.0.0.1, false",
        "'10.0.0.0/33,10.0.0.0/-1,10.0.0.0/,10/8,/8', https://10.0.0.1, false",
        "'fd00::/8', https://[fd12::1], true",
        "'fd00::/8', https://[fe80::1], false",
        "'fd00::/8', https://10.0.0.1, false",
        "'fd12::1', https://[fd12:0::1]:6443, true",
        "'[fd12::1]:6443', https://[fd12::1]:6443, true",
        "'10.0.0.1:443', https://10.0.0.1, true",
        "'::/0', https://vault.internal, false"
    })
    void proxyFor_noProxy_exemptsHostsAndDomains(String noProxy, String address, boolean exempt) {
        Map<String, String> variables =
                Map.of("HTTPS_PROXY", "http://proxy:3128", "HTTP_PROXY", "http://proxy:3128", "NO_PROXY", noProxy);

        assertThat(proxy(variables, address).equals("none")).isEqualTo(exempt);
    }

    @Test
    void proxyFor_noAddress_isNone() {
        assertThat(proxy(Map.of("HTTPS_PROXY", "http://a b"), "https://vault:8200"))
                .isEqualTo("none");
    }
}
