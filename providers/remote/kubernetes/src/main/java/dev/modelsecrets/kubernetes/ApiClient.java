package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.ConnectionFailures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the API server of one cluster.
 *
 * <p>Something on the way, such as a NAT, may forget a connection that is idle, and tell nobody. So after some idle time,
 * and after a request without an answer, no connection of before is used again. Thread-safe.
 */
final class ApiClient implements AutoCloseable {

    /** Shorter than any NAT, load balancer or proxy is known to forget. */
    static final Duration IDLE = Duration.ofSeconds(20);

    /** What was answered. */
    record Reply(int status, Optional<Duration> retryAfter, String body) {

        /** Shows no body. */
        @Override
        public String toString() {
            return "Reply[" + status + "]";
        }
    }

    private final Cluster cluster;
    private final Duration idle;
    private final JdkHttpClient streams;
    private JdkHttpClient client;
    private long lastUse = System.nanoTime();
    private boolean closed;

    ApiClient(Cluster cluster, Duration idle) {
        this.cluster = cluster;
        this.idle = idle;
        this.client = new JdkHttpClient(cluster);
        this.streams = new JdkHttpClient(cluster);
    }

    Cluster cluster() {
        return cluster;
    }

    /**
     * Sends one request and waits for all of its answer.
     *
     * @throws IOException if there is none
     * @throws TimeoutException if there is none in time
     */
    Reply send(String method, String path, @Nullable String body, Duration limit)
            throws IOException, TimeoutException, InterruptedException {
        HttpRequest.Builder request = request(path).timeout(limit);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        }
        JdkHttpClient used = acquire();
        try {
            HttpResponse<String> response = await(
                    used.http().sendAsync(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)), limit);
            return new Reply(response.statusCode(), retryAfter(response), response.body());
        } catch (IOException | TimeoutException e) {
            used.retire();
            throw e;
        } finally {
            used.release();
            synchronized (this) {
                lastUse = System.nanoTime();
            }
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(cluster.address() + path)).header("Accept", "application/json");
        cluster.login().authorize(request);
        return request;
    }

    private synchronized JdkHttpClient acquire() throws IOException {
        if (closed) {
            throw new IOException("closed meanwhile");
        }
        if (System.nanoTime() - lastUse > idle.toNanos()) {
            client.retire();
        }
        if (!client.acquire()) {
            client = new JdkHttpClient(cluster);
            client.acquire();
        }
        return client;
    }

    private static <T> T await(CompletableFuture<T> answer, Duration limit)
            throws IOException, TimeoutException, InterruptedException {
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (ConnectionFailures.isTimeout(e)) {
                throw new TimeoutException();
            }
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            // Closes the connection, unless there is an answer.
            answer.cancel(true);
        }
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                // Kubernetes never sends a date.
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /**
     * Asks for a stream of events: of metadata only, as a watch needs no values.
     *
     * @param body takes the answer
     * @return the answer; it ends with the stream, and cancelling it closes the connection
     */
    CompletableFuture<HttpResponse<Void>> stream(String path, BodyHandler<Void> body) {
        HttpRequest request = request(path)
                .setHeader(
                        "Accept", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json")
                .build();
        return streams.http().sendAsync(request, body);
    }

    /** Lets the requests that are under way come to their end, and ends all then. Idempotent. */
    synchronized void retire() {
        closed = true;
        client.retire();
        streams.close();
    }

    /** Ends all connections. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        client.close();
        streams.close();
    }
}
