package dev.modelsecrets.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * An API server that has nothing but Secrets: with versions and conflicts, finalizers, and watches line by line. It can
 * be stopped, and started again on its port.
 *
 * <p>Thread-safe.
 */
final class ApiServer implements AutoCloseable {

    /** A request that came. */
    record Request(String method, URI uri, String authorization, String accept) {}

    private static final Pattern PATH = Pattern.compile("/api/v1/namespaces/([^/]+)/secrets(?:/([^/]+))?");

    private final SSLContext tls;
    private final Map<String, JsonObject> objects = new TreeMap<>();
    private final List<Watch> watches = new ArrayList<>();
    private final Map<String, Queue<Integer>> once = new HashMap<>();
    private final Map<String, Integer> always = new HashMap<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile BooleanSupplier forbidding = () -> false;
    private volatile long delay;
    private HttpServer server;
    private ExecutorService threads;
    private long version = 100;

    private record Watch(String namespace, String name, BlockingQueue<String> events) {}

    private ApiServer(SSLContext tls) throws IOException {
        this.tls = tls;
        start(0);
    }

    static ApiServer http() throws IOException {
        return new ApiServer(null);
    }

    static ApiServer https(SSLContext tls) throws IOException {
        return new ApiServer(tls);
    }

    private void start(int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        if (tls == null) {
            server = HttpServer.create(address, 0);
        } else {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = https;
        }
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "api-server");
            thread.setDaemon(true);
            return thread;
        });
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Goes away, with all connections. */
    void stop() {
        threads.shutdownNow();
        server.stop(0);
        synchronized (this) {
            watches.clear();
        }
    }

    /** Comes back where it was. */
    void startAgain() throws IOException {
        start(server.getAddress().getPort());
    }

    URI address() {
        return URI.create((tls == null ? "http" : "https") + "://localhost:"
                + server.getAddress().getPort());
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Waits before each answer. */
    void delay(long millis) {
        delay = millis;
    }

    /** Answers 403 to all while something holds, as a server does until it has read its roles. */
    void forbidWhile(BooleanSupplier condition) {
        forbidding = condition;
    }

    /** Answers the next such request for a Secret with a status. */
    synchronized void next(String method, String namespace, String secret, int status) {
        once.computeIfAbsent(method + " " + key(namespace, secret), any -> new ArrayDeque<>())
                .add(status);
    }

    /** Answers every read of a Secret with a status; 200 is an answer that is cut short. */
    synchronized void always(String namespace, String secret, int status) {
        always.put(key(namespace, secret), status);
    }

    synchronized JsonObject get(String namespace, String secret) {
        return objects.getOrDefault(key(namespace, secret), JsonObject.EMPTY);
    }

    /** Creates or replaces a Secret, as it is. */
    synchronized void put(String namespace, String secret, JsonObject object) {
        boolean fresh = !objects.containsKey(key(namespace, secret));
        store(namespace, secret, object, fresh ? "ADDED" : "MODIFIED");
    }

    synchronized void delete(String namespace, String secret) {
        JsonObject object = objects.get(key(namespace, secret));
        if (object == null) {
            return;
        }
        if (object.list("metadata", "finalizers").isEmpty()) {
            objects.remove(key(namespace, secret));
            tell(namespace, secret, "DELETED", versioned(object));
        } else {
            JsonObject metadata = object.object("metadata").with("deletionTimestamp", "2026-01-01T00:00:00Z");
            store(namespace, secret, object.with("metadata", metadata), "MODIFIED");
        }
    }

    /** Deletes all of a namespace. */
    synchronized void clear(String namespace) {
        for (String key : List.copyOf(objects.keySet())) {
            if (key.startsWith(namespace + "/")) {
                delete(namespace, key.substring(namespace.length() + 1));
            }
        }
    }

    private static String key(String namespace, String secret) {
        return namespace + "/" + secret;
    }

    private JsonObject store(String namespace, String secret, JsonObject object, String event) {
        JsonObject stored = versioned(object.with("kind", "Secret").with("apiVersion", "v1"));
        objects.put(key(namespace, secret), stored);
        tell(namespace, secret, event, stored);
        return stored;
    }

    private JsonObject versioned(JsonObject object) {
        return object.with("metadata", object.object("metadata").with("resourceVersion", String.valueOf(++version)));
    }

    private void tell(String namespace, String secret, String event, JsonObject object) {
        for (Watch watch : watches) {
            if (watch.namespace().equals(namespace) && watch.name().equals(secret)) {
                watch.events().add(line(event, object));
            }
        }
    }

    private static String line(String event, JsonObject object) {
        return JsonObject.EMPTY.with("type", event).with("object", object).write();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Accept"))));
            pause(delay);
            Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
            if (!path.matches()) {
                answer(exchange, 404, status(404));
            } else if (forbidding.getAsBoolean()) {
                answer(exchange, 403, status(403));
            } else if (String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true")) {
                watch(exchange, path.group(1));
            } else if (path.group(2) == null) {
                collection(exchange, path.group(1), body);
            } else {
                single(exchange, path.group(1), path.group(2), body);
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static JsonObject status(int code) {
        return JsonObject.EMPTY.with("kind", "Status").with("reason", "Status" + code);
    }

    private static void answer(HttpExchange exchange, int status, JsonObject body) throws IOException {
        answer(exchange, status, body.write());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void watch(HttpExchange exchange, String namespace) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String name = query.replaceFirst(".*metadata\\.name=([^&]*).*", "$1");
        Watch watch = new Watch(namespace, name, new LinkedBlockingQueue<>());
        synchronized (this) {
            JsonObject present = objects.get(key(namespace, name));
            long since = Long.parseLong("0" + query.replaceFirst("^((?!resourceVersion=).)*(resourceVersion=)?", ""));
            if (present != null && Long.parseLong(present.text("metadata", "resourceVersion")) > since) {
                watch.events().add(line(since == 0 ? "ADDED" : "MODIFIED", present));
            }
            watches.add(watch);
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        try {
            while (true) {
                out.write((watch.events().take() + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException stopped) {
            throw new IOException("hangs up");
        } finally {
            synchronized (this) {
                watches.remove(watch);
            }
        }
    }

    private void collection(HttpExchange exchange, String namespace, String body) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            JsonObject object = JsonObject.parse(body).orElseThrow();
            String name = object.text("metadata", "name");
            JsonObject created;
            synchronized (this) {
                created = objects.containsKey(key(namespace, name))
                        ? JsonObject.EMPTY
                        : store(namespace, name, object, "ADDED");
            }
            if (created == JsonObject.EMPTY) {
                answer(exchange, 409, status(409));
            } else {
                answer(exchange, 201, created);
            }
            return;
        }
        boolean labelled = String.valueOf(exchange.getRequestURI().getQuery()).contains("labelSelector=");
        List<String> items = new ArrayList<>();
        synchronized (this) {
            objects.forEach((key, object) -> {
                if (key.startsWith(namespace + "/")
                        && (!labelled
                                || object.text("metadata", "labels", StoredObject.LABEL)
                                        .equals(StoredObject.MANAGER))) {
                    items.add(object.without(Set.of("kind", "apiVersion")).write());
                }
            });
        }
        answer(
                exchange,
                200,
                "{\"kind\":\"SecretList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[" + String.join(",", items)
                        + "]}");
    }

    private void single(HttpExchange exchange, String namespace, String name, String body) throws IOException {
        String method = exchange.getRequestMethod();
        int status;
        JsonObject answer;
        synchronized (this) {
            Queue<Integer> next = once.getOrDefault(method + " " + key(namespace, name), new ArrayDeque<>());
            JsonObject present = objects.get(key(namespace, name));
            JsonObject sent = JsonObject.parse(body).orElse(JsonObject.EMPTY);
            if (!next.isEmpty()) {
                status = next.remove();
                answer = status(status);
            } else if (method.equals("GET") && always.containsKey(key(namespace, name))) {
                status = always.get(key(namespace, name));
                answer = status(status);
            } else if (present == null) {
                status = 404;
                answer = status(404);
            } else if (method.equals("GET")) {
                status = 200;
                answer = present;
            } else if (isOutdated(sent, present)) {
                status = 409;
                answer = status(409);
            } else if (method.equals("PUT")) {
                status = 200;
                answer = store(namespace, name, sent, "MODIFIED");
            } else {
                delete(namespace, name);
                status = 200;
                answer = status(200);
            }
        }
        if (status == 200 && method.equals("GET") && answer.text("kind").equals("Status")) {
            answer(exchange, 200, "{\"kind\": \"Secret\", \"data\": {\"value\"");
        } else {
            answer(exchange, status, answer);
        }
    }

    private static boolean isOutdated(JsonObject sent, JsonObject present) {
        String expected = sent.text("metadata", "resourceVersion") + sent.text("preconditions", "resourceVersion");
        return !expected.isEmpty() && !expected.equals(present.text("metadata", "resourceVersion"));
    }

    @Override
    public void close() {
        stop();
    }
}
