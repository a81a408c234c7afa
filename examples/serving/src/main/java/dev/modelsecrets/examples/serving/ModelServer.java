package dev.modelsecrets.examples.serving;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.modelsecrets.SecretAccessDeniedException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The models over HTTP, on the loopback interface.
 *
 * <pre>
 *   POST /v1/models/NAME:predict   text in, {"prediction": ".."} out; the addresses are those of KServe
 *   GET  /health                   models, names of secrets, their age, the last failure
 *   POST /admin/refresh            looks for rotated secrets now; in earnest not for everyone
 * </pre>
 *
 * <p>An answer to a failed request never repeats an exception, because a model's own may quote anything.
 */
final class ModelServer implements AutoCloseable {

    private static final String MODELS = "/v1/models/";
    private static final String PREDICT = ":predict";

    private final ModelHost host;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    private ModelServer(ModelHost host, HttpServer server) {
        this.host = host;
        this.server = server;
    }

    /**
     * Starts to serve.
     *
     * @param host the models; closed with the server
     * @param port 0 for a free one
     */
    static ModelServer start(ModelHost host, int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ModelServer server = new ModelServer(host, http);
        http.setExecutor(server.threads);
        http.createContext(MODELS, exchange -> send(exchange, "POST", server::predict));
        http.createContext("/health", exchange -> send(exchange, "GET", server::health));
        http.createContext("/admin/refresh", exchange -> send(exchange, "POST", server::refresh));
        http.start();
        return server;
    }

    URI address() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    private Answer predict(HttpExchange exchange, String input) {
        String path = exchange.getRequestURI().getPath().substring(MODELS.length());
        String name = path.endsWith(PREDICT) ? path.substring(0, path.length() - PREDICT.length()) : "";
        Optional<HostedModel> model = host.find(name);
        if (model.isEmpty()) {
            return host.isDenied(name) ? Answer.denied() : new Answer(404, Json.error("no such model"));
        }
        try {
            return new Answer(200, "{\"prediction\": " + Json.quote(model.get().predict(input)) + "}");
        } catch (SecretAccessDeniedException e) {
            host.log().line(name + ": " + e.getMessage());
            return Answer.denied();
        } catch (IOException | RuntimeException e) {
            host.log().line(name + ": failed: " + e);
            return new Answer(500, Json.error("the model failed"));
        }
    }

    private Answer health(HttpExchange exchange, String input) {
        return new Answer(200, host.health());
    }

    private Answer refresh(HttpExchange exchange, String input) {
        host.refresh();
        return new Answer(200, host.health());
    }

    private static void send(HttpExchange exchange, String method, Route route) throws IOException {
        String input = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer = exchange.getRequestMethod().equals(method)
                ? route.answer(exchange, input)
                : new Answer(405, Json.error("use " + method));
        byte[] bytes = (answer.json() + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    /** Takes no more requests, gives those under way a second, and ends the models. */
    @Override
    public void close() {
        server.stop(1);
        threads.shutdown();
        host.close();
    }

    /** What one address does. */
    private interface Route {

        Answer answer(HttpExchange exchange, String input);
    }

    /** A status and what to say. */
    private record Answer(int status, String json) {

        /** Says nothing of secrets: neither which were asked for, nor which exist. */
        static Answer denied() {
            return new Answer(403, Json.error("the access policy denies this model its secrets"));
        }
    }
}
