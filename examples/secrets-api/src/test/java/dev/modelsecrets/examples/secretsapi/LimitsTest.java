package dev.modelsecrets.examples.secretsapi;

import static dev.modelsecrets.examples.secretsapi.RunningServer.SENTINEL;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients cannot do to a server. */
class LimitsTest {

    private static final String BATCH = "{\"secrets_payload\": [{\"name\": \"a\", \"action\": \"create\","
            + " \"type\": \"opaque\", \"data\": {\"key\": \"" + SENTINEL + "\"}}]}";

    private static String stalled(String token) {
        return "POST /secrets/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
    }

    @Test
    void body_tooLarge_isRefused(@TempDir Path directory) throws Exception {
        Limits limits = new Limits(1000, Duration.ofMinutes(1), 1000, 100);
        try (RunningServer server = new RunningServer(directory, limits)) {
            String padding = " ".repeat(1000 - BATCH.length());
            assertThat(server.post("/secrets/", BATCH + padding + " ").statusCode())
                    .isEqualTo(413);
            assertThat(server.sendRaw("POST /secrets/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                            + server.writer + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + ("64\r\n" + " ".repeat(100) + "\r\n").repeat(11) + "0\r\n\r\n"))
                    .startsWith("HTTP/1.1 413");
            assertThat(server.store.list()).isEmpty();
            assertThat(server.post("/secrets/", BATCH + padding).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void body_slow_endsWithATimeOut(@TempDir Path directory) throws Exception {
        Limits limits = new Limits(1000, Duration.ofSeconds(1), 1000, 100);
        try (RunningServer server = new RunningServer(directory, limits)) {
            assertThat(server.sendRaw(stalled(server.writer))).startsWith("HTTP/1.1 408");
            assertThat(drip(server)).isEqualTo("HTTP/1.1 408");
        }
    }

    /** A byte now and then does not help: the time is that of the whole body. */
    private static String drip(RunningServer server) throws Exception {
        try (Socket socket = server.connect()) {
            socket.setSoTimeout(100);
            RunningServer.write(socket, stalled(server.writer));
            while (true) {
                try {
                    return new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
                } catch (SocketTimeoutException e) {
                    RunningServer.write(socket, " ");
                }
            }
        }
    }

    @Test
    void bodies_stalledWithAWrongToken_stopNobody(@TempDir Path directory) throws Exception {
        try (RunningServer server = new RunningServer(directory)) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Socket socket = server.connect();
                sockets.add(socket);
                RunningServer.write(socket, stalled(i < 8 ? "wrong" : server.writer));
            }
            assertThat(server.post("/secrets/", BATCH).statusCode()).isEqualTo(200);
            for (Socket socket : sockets.subList(0, 8)) {
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 401");
            }
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void requests_tooMany_areRefusedForThatTokenOnly(@TempDir Path directory) throws Exception {
        Limits limits = new Limits(1000, Duration.ofMinutes(1), 2, 100);
        try (RunningServer server = new RunningServer(directory, limits)) {
            await(server, 429, Duration.ZERO);
            assertThat(server.send(server.writer, "GET", "/secrets", "").statusCode())
                    .isEqualTo(200);
            await(server, 200, Duration.ofSeconds(1));
        }
    }

    private static void await(RunningServer server, int status, Duration pause) throws Exception {
        for (int i = 0; i < 1000; i++) {
            if (server.get("/secrets").statusCode() == status) {
                return;
            }
            Thread.sleep(pause.toMillis());
        }
        throw new AssertionError("never " + status);
    }

    @Test
    void goodClients_besideSlowOnes_areAllServed(@TempDir Path directory) throws Exception {
        run(directory, 30, 10, Duration.ofSeconds(1));
    }

    @Test
    @Tag("slow")
    void goodClients_200Beside300SlowOnes_areAllServed(@TempDir Path directory) throws Exception {
        run(directory, 300, 200, Duration.ofSeconds(20));
    }

    /** Good clients read and write for some time; every request has to succeed, however long it takes. */
    private static void run(Path directory, int slow, int good, Duration time) throws Exception {
        Limits limits = new Limits(1000, Duration.ofMinutes(2), 1_000_000, 2000);
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Socket> sockets = new ArrayList<>();
        AtomicBoolean stop = new AtomicBoolean();
        try (RunningServer server = new RunningServer(directory, limits)) {
            for (int i = 0; i < slow; i++) {
                Socket socket = server.connect();
                sockets.add(socket);
                // Without a token, with one and a body that drips, and with a header that never ends.
                RunningServer.write(
                        socket,
                        i % 3 == 0
                                ? stalled("wrong")
                                : i % 3 == 1 ? stalled(server.writer) : "GET /secrets HTTP/1.1\r\nHost: ");
            }
            threads.execute(() -> drip(sockets, stop));
            List<Future<Integer>> served = new ArrayList<>();
            long end = System.nanoTime() + time.toNanos();
            for (int i = 0; i < good; i++) {
                int client = i;
                served.add(threads.submit(() -> serve(server, client, end)));
            }
            for (Future<Integer> requests : served) {
                assertThat(requests.get()).isPositive();
            }
        } finally {
            stop.set(true);
            for (Socket socket : sockets) {
                socket.close();
            }
            threads.shutdownNow();
        }
    }

    private static int serve(RunningServer server, int client, long end) throws Exception {
        int requests = 0;
        do {
            HttpResponse<String> response = requests == 0
                    ? server.send(
                            server.writer, "PUT", "/secrets/s" + client, "{\"data\": {\"key\": \"" + SENTINEL + "\"}}")
                    : server.get("/secrets/s" + client);
            assertThat(response.statusCode()).isEqualTo(200);
            requests++;
            Thread.sleep(100);
        } while (System.nanoTime() < end);
        return requests;
    }

    private static void drip(List<Socket> sockets, AtomicBoolean stop) {
        while (!stop.get()) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            for (Socket socket : sockets) {
                try {
                    RunningServer.write(socket, "x");
                } catch (Exception e) {
                    // The server has had enough of this one.
                }
            }
        }
    }
}
