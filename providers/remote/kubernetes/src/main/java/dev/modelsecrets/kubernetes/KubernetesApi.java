package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.Deadline;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The requests to the Secrets of one namespace, through fabric8's HTTP client: its login, its TLS, none of its retries.
 *
 * <p>They are plain requests, because the operations of {@link KubernetesClient} hide the answer's headers, and put what
 * they cannot parse into exceptions and logs. Thread-safe.
 */
final class KubernetesApi implements AutoCloseable {

    /** What was answered. */
    static final class Reply {

        final int status;
        final @Nullable Duration retryAfter;
        final String body;

        Reply(HttpResponse<?> response, String body) {
            this.status = response.code();
            this.retryAfter = retryAfter(response);
            this.body = body;
        }

        private static @Nullable Duration retryAfter(HttpResponse<?> response) {
            String seconds = response.header("Retry-After");
            // Kubernetes never sends a date.
            return seconds != null && seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
        }
    }

    private final HttpClient http;
    private final KubernetesSerialization json;
    private final String address;
    private final String namespace;
    private final boolean webSockets;

    private KubernetesApi(HttpClient http, KubernetesSerialization json, Config config, @Nullable String namespace) {
        this.http = withoutRetries(http, config);
        this.json = json;
        this.address = address(config.getMasterUrl());
        this.namespace = namespace(namespace, config.getNamespace());
        this.webSockets = !config.isOnlyHttpWatches();
    }

    /** Takes the connection of a client of somebody else's. */
    static KubernetesApi of(KubernetesClient client, @Nullable String namespace) {
        return new KubernetesApi(
                client.getHttpClient(), client.getKubernetesSerialization(), client.getConfiguration(), namespace);
    }

    /** Makes a connection, without contacting anybody. */
    static KubernetesApi of(Config config, Duration limit, @Nullable String namespace) {
        // A dead HTTP/2 connection would take all requests along, until the operating system notices in a quarter hour.
        config.setHttp2Disable(true);
        config.setConnectionTimeout((int) limit.toMillis());
        // Named here, so that nobody looks for it by the thread's class loader.
        HttpClient http = new JdkHttpClientFactory().newBuilder(config).build();
        return new KubernetesApi(http, new KubernetesSerialization(), config, namespace);
    }

    /** Shares the connections of a client. */
    private static HttpClient withoutRetries(HttpClient http, Config config) {
        return http.newBuilder()
                .tag(new RequestConfigBuilder(config.getRequestConfig())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    /** Leaves out what a message must not have, such as a password, and the slash at the end. */
    private static String address(String masterUrl) {
        URI uri = URI.create(masterUrl.contains("://") ? masterUrl : "https://" + masterUrl);
        String host = String.valueOf(uri.getRawAuthority()).replaceFirst("^.*@", "");
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("/+$", "");
        return uri.getScheme() + "://" + host + path;
    }

    private static String namespace(@Nullable String chosen, @Nullable String configured) {
        if (chosen != null) {
            return chosen;
        }
        return configured == null || configured.isBlank() ? "default" : configured;
    }

    /** Returns the API server's address, which is also what all paths begin with. */
    String address() {
        return address;
    }

    String namespace() {
        return namespace;
    }

    /** Returns the path of all Secrets of the namespace. */
    String secrets() {
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }

    /** Returns the path of one Secret, whose name is a valid one. */
    String secret(String name) {
        return secrets() + "/" + name;
    }

    HttpClient http() {
        return http;
    }

    /** Tells whether a watch may be tried as a WebSocket. */
    boolean webSockets() {
        return webSockets;
    }

    /** Reads JSON, as maps and lists; null if it is malformed, as the parser's exception would quote it. */
    @Nullable
    Object parse(String text) {
        try {
            return json.unmarshal(text, Object.class);
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** Returns a part of what was read, or null if there is none. */
    static @Nullable Object part(@Nullable Object object, String... path) {
        Object part = object;
        for (String key : path) {
            part = part instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return part;
    }

    String write(Object object) {
        return json.asJson(object);
    }

    /**
     * Sends one request and waits for all of its answer.
     *
     * @throws IOException if there is none
     * @throws TimeoutException if there is none in time
     */
    Reply send(String method, String path, @Nullable String body, Deadline deadline)
            throws IOException, TimeoutException, InterruptedException {
        HttpRequest.Builder request = http.newHttpRequestBuilder()
                .uri(address + path)
                .timeout(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)
                .header("Accept", "application/json");
        if (body != null || !method.equals("GET")) {
            request.method(method, "application/json", body);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CompletableFuture<HttpResponse<AsyncBody>> answer = http.consumeBytes(request.build(), (buffers, rest) -> {
            for (ByteBuffer buffer : buffers) {
                byte[] part = new byte[buffer.remaining()];
                buffer.get(part);
                bytes.writeBytes(part);
            }
            rest.consume();
        });
        HttpResponse<AsyncBody> response = await(answer, deadline);
        try {
            response.body().consume();
            await(response.body().done(), deadline);
        } finally {
            response.body().cancel();
        }
        return new Reply(response, bytes.toString(StandardCharsets.UTF_8));
    }

    private static <T> T await(CompletableFuture<T> future, Deadline deadline)
            throws IOException, TimeoutException, InterruptedException {
        try {
            return future.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (Words.isTimeout(e)) {
                throw new TimeoutException();
            }
            throw new IOException(e.getCause());
        } finally {
            future.cancel(true);
        }
    }

    /** Ends the connection, which must be one that was made here. */
    @Override
    public void close() {
        http.close();
    }
}
