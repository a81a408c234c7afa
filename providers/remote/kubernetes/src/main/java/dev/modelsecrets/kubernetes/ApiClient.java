package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.remote.HttpConnection;
import dev.modelsecrets.remote.HttpReply;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Requests to the API server of one cluster, each with the login of its time. Thread-safe. */
final class ApiClient implements AutoCloseable {

    /** Without values, as a watch needs none; the second is for what knows no first. */
    private static final String METADATA =
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

    private final Cluster cluster;
    private final HttpConnection http;

    ApiClient(Cluster cluster) {
        this.cluster = cluster;
        this.http = new HttpConnection(cluster.address(), cluster.proxies(), cluster.tls());
    }

    Cluster cluster() {
        return cluster;
    }

    /**
     * Sends one request and waits for all of its answer.
     *
     * @throws IOException if there is none
     * @throws UnusableConfigurationException if there is no usable token
     */
    HttpReply send(String method, String path, @Nullable String body, Deadline deadline)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = http.request(path)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Accept", "application/json");
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        cluster.login().authorize(request);
        try {
            return http.send(request, deadline);
        } catch (IllegalStateException closedMeanwhile) {
            throw new IOException("closed meanwhile");
        }
    }

    /**
     * Asks for a stream of events about objects, of which only the metadata is sent.
     *
     * @param body takes the answer
     * @return the answer; it ends with the stream, and cancelling it closes the connection
     * @throws UnusableConfigurationException if there is no usable token
     */
    CompletableFuture<HttpResponse<Void>> watch(String path, BodyHandler<Void> body) {
        HttpRequest.Builder request = http.request(path).header("Accept", METADATA);
        cluster.login().authorize(request);
        return http.stream(request, body);
    }

    /** Ends all connections; those with a request under way when it has ended. Idempotent. */
    @Override
    public void close() {
        http.close();
    }
}
