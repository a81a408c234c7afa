package dev.modelsecrets.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.remote.testing.ForgetfulRelay;
import dev.modelsecrets.remote.testing.LoopbackServer;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it looks at all threads of the JVM")
class HttpConnectionTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private LoopbackServer server;
    private ForgetfulRelay relay;

    @BeforeEach
    void start() throws Exception {
        server = LoopbackServer.http(request -> Response.json(200, "{}"));
        relay = new ForgetfulRelay(server.address());
    }

    @AfterEach
    void stop() throws Exception {
        relay.close();
        server.close();
    }

    private HttpConnection connection(URI address, Duration longestIdle) {
        return new HttpConnection(address, SystemProxies.of(Map.of()), null, longestIdle);
    }

    private static int get(HttpConnection connection, Duration limit) throws Exception {
        return connection.send(connection.request("/"), Deadline.in(limit)).status();
    }

    private static Set<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient-")
                        || thread.getName().startsWith("model-secrets-http"))
                .collect(Collectors.toSet());
    }

    @Test
    void send_again_usesTheSameSocket() throws Exception {
        try (HttpConnection connection = connection(relay.address("http"), LONG)) {
            get(connection, LONG);
            get(connection, LONG);
        }

        assertThat(relay.connections()).isEqualTo(1);
    }

    @Test
    void send_afterIdleTime_usesANewSocket() throws Exception {
        try (HttpConnection connection = connection(relay.address("http"), Duration.ZERO)) {
            get(connection, LONG);
            relay.forget();

            assertThat(get(connection, LONG)).isEqualTo(200);
        }
    }

    @Test
    void send_afterASilentSocket_usesANewOne() throws Exception {
        try (HttpConnection connection = connection(relay.address("http"), LONG)) {
            get(connection, LONG);
            relay.forget();

            assertThatThrownBy(() -> get(connection, Duration.ofMillis(300))).isInstanceOf(HttpTimeoutException.class);
            assertThat(get(connection, LONG)).isEqualTo(200);
        }
    }

    @Test
    void send_bodyThatStops_endsInTime() throws Exception {
        try (ServerSocket half = new ServerSocket(0)) {
            Thread thread = new Thread(() -> answerHalf(half));
            thread.setDaemon(true);
            thread.start();

            try (HttpConnection connection = connection(URI.create("http://localhost:" + half.getLocalPort()), LONG)) {
                assertThatThrownBy(() -> get(connection, Duration.ofMillis(500)))
                        .isInstanceOf(HttpTimeoutException.class);
            }
        }
    }

    private static void answerHalf(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[8192]);
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().read();
        } catch (java.io.IOException closed) {
            // The test is over.
        }
    }

    @Test
    void close_usedOrNot_leavesNeitherSocketsNorThreads() throws Exception {
        Set<Thread> before = clientThreads();
        for (int i = 0; i < 10; i++) {
            try (HttpConnection connection = connection(relay.address("http"), LONG)) {
                get(connection, LONG);
                connection.stream(
                                connection.request("/"),
                                info -> java.net.http.HttpResponse.BodySubscribers.discarding())
                        .cancel(true);
            }
        }

        for (int i = 0; i < 6_000 && !(relay.openConnections() == 0 && before.containsAll(clientThreads())); i++) {
            Thread.sleep(10);
        }
        assertThat(relay.openConnections()).isZero();
        assertThat(before).containsAll(clientThreads());
    }

    @Test
    void send_closed_isRefused() throws Exception {
        HttpConnection connection = connection(relay.address("http"), LONG);
        connection.close();
        connection.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> get(connection, LONG))
                .withMessage("closed");
    }
}
