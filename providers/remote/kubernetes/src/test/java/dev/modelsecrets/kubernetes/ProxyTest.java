package dev.modelsecrets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.remote.testing.LoopbackServer;
import dev.modelsecrets.remote.testing.LoopbackServer.Request;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The variables that other tools take their proxies from. */
class ProxyTest {

    @TempDir
    private Path directory;

    private Lookup find(URI server, Map<String, String> environment) throws Exception {
        try (KubernetesSecretProvider provider = KubernetesSecretProvider.builder()
                .kubeconfig(Kubeconfig.insecure(directory, server, "models"))
                .machine(new Machine(environment, directory, directory))
                .build()) {
            return provider.find(Set.of("api_key")).get("api_key");
        }
    }

    @Test
    void find_proxyInAVariable_goesThroughIt() throws Exception {
        try (LoopbackServer proxy = LoopbackServer.http(
                request -> Response.json(200, "{\"kind\":\"Secret\",\"data\":{\"value\":\"dGVzdC12YWx1ZQ==\"}}"))) {
            URI server = URI.create("http://cluster.test:8080");

            assertThat(find(server, Map.of("HTTP_PROXY", proxy.address().toString()))
                            .value())
                    .isEqualTo("test-value");
            assertThat(proxy.requests()).extracting(Request::method).containsExactly("GET");

            assertThat(find(server, Map.of("HTTP_PROXY", proxy.address().toString(), "NO_PROXY", ".test"))
                            .problem())
                    .endsWith("cannot be reached: the host is unknown");
        }
    }

    @Test
    void find_proxyThatRefuses_isNamed() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0)) {
            Thread thread = new Thread(() -> refuse(proxy));
            thread.setDaemon(true);
            thread.start();

            assertThat(find(
                                    URI.create("https://cluster.test:6443"),
                                    Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.getLocalPort()))
                            .problem())
                    .startsWith("Kubernetes at https://cluster.test:6443 cannot be reached: the proxy 127.0.0.1:"
                            + proxy.getLocalPort() + " refuses to connect");
        }
    }

    private static void refuse(ServerSocket proxy) {
        try {
            while (true) {
                try (var socket = proxy.accept()) {
                    socket.getInputStream().read(new byte[8192]);
                    socket.getOutputStream()
                            .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (java.io.IOException closed) {
            // The test is over.
        }
    }
}
