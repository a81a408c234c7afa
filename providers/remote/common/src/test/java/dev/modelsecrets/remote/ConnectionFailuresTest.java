package dev.modelsecrets.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ConnectionFailuresTest {

    private static final URI STORE = URI.create("https://store.example.com");

    private static String words(Map<String, String> environment, Throwable failure) throws InterruptedException {
        Optional<Answer> answer =
                ConnectionFailures.of(SystemProxies.of(environment)).answer("Store", STORE, failure);
        return answer.map(found -> Values.lookup(found.notAgain(), "").problem())
                .orElse("none");
    }

    @Test
    void answer_eachCause_hasItsWords() throws Exception {
        SSLHandshakeException untrusted = new SSLHandshakeException("test-sentinel");
        untrusted.initCause(new CertificateException("test-sentinel"));
        Map<String, String> none = Map.of();

        assertThat(words(none, new UnknownHostException("x")))
                .isEqualTo("Store cannot be reached: the host is unknown");
        assertThat(words(none, new IOException(new ConnectException("Connection refused"))))
                .isEqualTo("Store cannot be reached: connection refused");
        assertThat(words(none, new NoRouteToHostException()))
                .isEqualTo("Store cannot be reached: there is no route to the host");
        assertThat(words(none, new HttpConnectTimeoutException("x")))
                .isEqualTo("Store cannot be reached: the connection timed out");
        assertThat(words(none, untrusted))
                .isEqualTo("Store cannot be reached: its certificate is not trusted, or is for another host; add its"
                        + " authority to the trust store of this JVM (javax.net.ssl.trustStore)");
        assertThat(words(none, new SSLHandshakeException("x")))
                .isEqualTo("Store cannot be reached: no TLS connection could be agreed on; does it speak HTTPS?");
        assertThat(words(none, new SocketTimeoutException("Read timed out"))).isEqualTo("Store did not answer in time");
        assertThat(words(none, new EOFException()))
                .isEqualTo("Store broke off the connection before its answer was complete");
        assertThat(words(none, new IllegalArgumentException("x"))).isEqualTo("none");
    }

    @Test
    void answer_interrupted_isThrown() {
        assertThatThrownBy(() -> words(Map.of(), new IOException(new InterruptedException())))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void answer_proxyNotThere_isNamedInPlaceOfTheStore() throws Exception {
        assertThat(words(Map.of("HTTPS_PROXY", "http://proxy:3128"), new ConnectException("Connection refused")))
                .isEqualTo("Store cannot be reached: the proxy proxy:3128: connection refused");
    }

    @Test
    void send_proxyThatRefuses_isNamedInPlaceOfTheStore() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> refuse(proxy));
            thread.setDaemon(true);
            thread.start();
            String address = "localhost:" + proxy.getLocalPort();
            Map<String, String> environment = Map.of("HTTPS_PROXY", "http://" + address);
            try (HttpConnection connection = new HttpConnection(STORE, SystemProxies.of(environment), null)) {
                IOException failure = null;
                try {
                    connection.send(connection.request("/"), Deadline.in(Duration.ofMinutes(1)));
                } catch (IOException e) {
                    failure = e;
                }
                assertThat(failure).isNotNull();
                assertThat(words(environment, failure))
                        .isEqualTo("Store cannot be reached: the proxy " + address + " refuses to connect: check its"
                                + " rules and its login, or put the host into NO_PROXY");
            }
        }
    }

    private static void refuse(ServerSocket proxy) {
        try (Socket socket = proxy.accept()) {
            socket.getInputStream().read(new byte[8192]);
            socket.getOutputStream()
                    .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException closed) {
            // The test is over.
        }
    }
}
