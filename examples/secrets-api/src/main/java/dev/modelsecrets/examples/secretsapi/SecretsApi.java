package dev.modelsecrets.examples.secretsapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.store.InvalidSecretException;
import dev.modelsecrets.store.OperationResults;
import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.SecretOperations;
import dev.modelsecrets.store.SecretOperations.Mode;
import dev.modelsecrets.store.SecretStore;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a store over HTTP, with the endpoints of OCI AI Blueprints.
 *
 * <p>{@code GET /secrets/} lists, {@code GET /secrets/<name>/} describes, {@code POST /secrets/} carries out a batch; with
 * {@code ?mode=atomic} all of it or nothing. Every request needs the bearer token. No answer and no log line holds a
 * value: the store has no method that returns one.
 */
public final class SecretsApi implements AutoCloseable {

    /** The largest body that is read: as much as a value may have, and more than a batch by hand. */
    static final int LARGEST_BODY = 1 << 20;

    private static final String PATH = "/secrets/";
    private static final Logger LOG = LoggerFactory.getLogger(SecretsApi.class);
    private static final JsonFactory JSON = new JsonFactory();

    private final SecretStore store;
    private final byte[] token;
    private final HttpServer server;
    private final ExecutorService threads;

    private SecretsApi(SecretStore store, String token, InetSocketAddress address) throws IOException {
        this.store = store;
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.server = HttpServer.create(address, 0);
        this.threads = Executors.newFixedThreadPool(4);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts the server.
     *
     * @param store the store to serve
     * @param token the bearer token that every request needs
     * @param address where to listen; better a loopback address, behind something that speaks TLS
     * @return the running server
     * @throws IOException if the address cannot be listened on
     */
    public static SecretsApi start(SecretStore store, String token, InetSocketAddress address) throws IOException {
        SecretsApi api = new SecretsApi(store, token, address);
        LOG.info("listening on {}", api.address());
        return api;
    }

    /**
     * Returns where the server listens.
     *
     * @return the address, with the port that was chosen if 0 was asked for
     */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (InvalidSecretException e) {
                answer = Answer.error(400, String.valueOf(e.getMessage()));
            } catch (SecretsException e) {
                LOG.error("{}", e.getMessage());
                answer = Answer.error(500, "the store cannot be used; the log of the server says why");
            } catch (RuntimeException e) {
                // What it says is not known, and may be a value.
                LOG.error("unexpected {}", e.getClass().getName());
                answer = Answer.error(500, "unexpected failure");
            }
            // The path is not logged: somebody may have put a value there.
            LOG.info("{} {}", exchange.getRequestMethod(), answer.status);
            answer.send(exchange);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        if (!isAuthorized(exchange)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            return Answer.error(401, "a bearer token is needed");
        }
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith(PATH)) {
            return Answer.error(404, "there is " + PATH + " and " + PATH + "<name>/");
        }
        String name = path.substring(PATH.length());
        name = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        String method = exchange.getRequestMethod();
        if (method.equals("GET")) {
            return name.isEmpty() ? list(exchange) : describe(name);
        }
        if (method.equals("POST") && name.isEmpty()) {
            return apply(exchange);
        }
        exchange.getResponseHeaders().set("Allow", name.isEmpty() ? "GET, POST" : "GET");
        return Answer.error(405, "this path does not allow the method");
    }

    /** Compares all of the token, wherever the first difference is. */
    private boolean isAuthorized(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        String scheme = "Bearer ";
        return header != null
                && header.regionMatches(true, 0, scheme, 0, scheme.length())
                && MessageDigest.isEqual(
                        token, header.substring(scheme.length()).getBytes(StandardCharsets.UTF_8));
    }

    private Answer list(HttpExchange exchange) throws IOException {
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        boolean elsewhere = query.startsWith("namespace=") && !query.equals("namespace=" + store.namespace());
        List<SecretMetadata> secrets = elsewhere ? List.of() : store.list();
        return Answer.json(200, json -> {
            json.writeStartArray();
            for (SecretMetadata secret : secrets) {
                write(json, secret);
            }
            json.writeEndArray();
        });
    }

    private Answer describe(String name) throws IOException {
        Optional<SecretMetadata> secret;
        try {
            secret = store.find(name);
        } catch (InvalidSecretNameException e) {
            return Answer.error(400, "this is not a valid name of a secret");
        }
        return secret.isEmpty()
                ? Answer.error(404, "there is no such secret")
                : Answer.json(200, json -> write(json, secret.get()));
    }

    private void write(JsonGenerator json, SecretMetadata secret) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", secret.name());
        json.writeStringField("namespace", store.namespace());
        json.writeStringField("type", secret.type().id());
        json.writeArrayFieldStart("data_keys");
        for (String key : secret.keys()) {
            json.writeString(key);
        }
        json.writeEndArray();
        json.writeStringField("creation_timestamp", secret.created().toString());
        json.writeEndObject();
    }

    private Answer apply(HttpExchange exchange) throws IOException {
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        if (!query.isEmpty() && !query.equals("mode=each") && !query.equals("mode=atomic")) {
            return Answer.error(400, "the query may be mode=each or mode=atomic");
        }
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .orElse("application/json");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return Answer.error(415, "the body has to be application/json");
        }
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            return Answer.error(413, "the body is larger than 1 MiB; send several batches");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            return Answer.error(400, "the body is not UTF-8");
        }
        OperationResults results =
                SecretOperations.parse(text).apply(store, query.equals("mode=atomic") ? Mode.ATOMIC : Mode.EACH);
        results.failure().ifPresent(failure -> LOG.error("{}", failure.getMessage()));
        return new Answer(statusOf(results), results.toJson());
    }

    /** What the store cannot do is not the client's fault; what it refuses is. */
    private static int statusOf(OperationResults results) {
        if (results.failure().isPresent()) {
            return 500;
        }
        return results.succeeded() ? 200 : 400;
    }

    /** Writes a JSON document. */
    @FunctionalInterface
    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private static final class Answer {

        private final int status;
        private final String body;

        Answer(int status, String body) {
            this.status = status;
            this.body = body;
        }

        static Answer json(int status, Content content) throws IOException {
            StringWriter text = new StringWriter();
            try (JsonGenerator json = JSON.createGenerator(text)) {
                content.write(json);
            }
            return new Answer(status, text.toString());
        }

        static Answer error(int status, String message) throws IOException {
            return json(status, json -> {
                json.writeStartObject();
                json.writeStringField("error", message);
                json.writeEndObject();
            });
        }

        void send(HttpExchange exchange) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
