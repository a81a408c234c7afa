package dev.modelsecrets.examples.serving;

import dev.modelsecrets.SecretsResolver;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The server of the example on a free port, its log in memory, and a client that keeps connections. Thread-safe. */
final class RunningServer implements AutoCloseable {

    static final Path MODELS = Path.of(System.getProperty("basedir", ""), "model");

    final Upstream service;
    private final StringWriter log = new StringWriter();
    private final ModelServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Serves the given models. */
    RunningServer(SecretsResolver resolver, Duration interval, Upstream service, List<ModelSpec> models)
            throws IOException {
        this.service = service;
        server = ModelServer.start(ModelHost.start(resolver, interval, models, log), 0);
    }

    /** Serves the models of the example from a mount and an environment. */
    static RunningServer of(RotatingMount mount, Map<String, String> environment, Duration interval)
            throws IOException {
        Upstream service = new Upstream();
        List<ModelSpec> models = Serving.models(MODELS, service, environment);
        return new RunningServer(Serving.resolver(environment, mount.directory()), interval, service, models);
    }

    HttpResponse<String> predict(String model) throws IOException, InterruptedException {
        return post("/v1/models/" + model + ":predict");
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return client.send(request(path).POST(BodyPublishers.ofString("text")).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    String health() throws IOException, InterruptedException {
        return get("/health").body();
    }

    URI address() {
        return server.address();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.address().resolve(path)).timeout(Duration.ofSeconds(30));
    }

    String log() {
        return log.toString();
    }

    @Override
    public void close() {
        server.close();
    }
}
