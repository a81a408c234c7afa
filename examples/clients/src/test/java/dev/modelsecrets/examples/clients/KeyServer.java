package dev.modelsecrets.examples.clients;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server on the loopback interface that looks at the key of each request, where each vendor's client puts it, and
 * answers in the vendor's shape; 401 if it does not know the key.
 */
final class KeyServer implements Backend, AutoCloseable {

    /** A key, or the identifier of one in a signature of AWS; the signature itself is not verified. */
    private static final Pattern KEY = Pattern.compile("test-\\w+-\\d+");

    private static final Map<String, String> ANSWERS = Map.of(
            "/v1/chat/completions",
            "{\"id\": \"1\", \"object\": \"chat.completion\", \"created\": 1, \"model\": \"demo\", \"choices\": [{\"index\": 0,"
                    + " \"message\": {\"role\": \"assistant\", \"content\": \"hello\"}, \"finish_reason\": \"stop\"}],"
                    + " \"usage\": {\"prompt_tokens\": 1, \"completion_tokens\": 1, \"total_tokens\": 2}}",
            "/v1/messages",
            "{\"id\": \"1\", \"type\": \"message\", \"role\": \"assistant\", \"model\": \"demo\", \"content\":"
                    + " [{\"type\": \"text\", \"text\": \"hello\"}], \"stop_reason\": \"end_turn\", \"stop_sequence\": null,"
                    + " \"usage\": {\"input_tokens\": 1, \"output_tokens\": 1}}",
            "/v1/models/demo:generateContent",
            "{\"candidates\": [{\"content\": {\"role\": \"model\", \"parts\": [{\"text\": \"hello\"}]}}]}",
            "/predictions/demo",
            "hello",
            "/",
            "{\"Name\": \"demo\", \"SecretString\": \"hello\"}");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Integer> accepted = ConcurrentHashMap.newKeySet();
    private final Set<Integer> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();

    KeyServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            String answer = ANSWERS.get(path);
            int status = 200;
            if (answer == null) {
                status = 404;
                answer = "{\"error\": {\"message\": \"no such path: " + path + "\"}}";
            } else if (!isAccepted(exchange.getRequestHeaders())) {
                refused.incrementAndGet();
                status = 401;
                answer = "{\"error\": {\"message\": \"wrong key\", \"type\": \"authentication_error\"}}";
            }
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private boolean isAccepted(Headers headers) {
        for (String header : new String[] {"Authorization", "X-Api-Key", "X-Goog-Api-Key"}) {
            String value = headers.getFirst(header);
            Matcher key = KEY.matcher(value == null ? "" : value);
            if (key.find()) {
                int generation = Keys.generation(key.group());
                seen.add(generation);
                return accepted.contains(generation);
            }
        }
        return false;
    }

    @Override
    public void accept(int generation) {
        accepted.add(generation);
    }

    @Override
    public void revoke(int generation) {
        accepted.remove(generation);
    }

    /** Returns how many generations any request had. */
    int generations() {
        return seen.size();
    }

    int refused() {
        return refused.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
