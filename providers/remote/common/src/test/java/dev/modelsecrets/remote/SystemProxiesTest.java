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
        "'', http://127.0.0.1, true"
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
