package dev.modelsecrets.remote.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * An HTTP or HTTPS server on loopback that answers by a function, counts its requests, and misbehaves on demand.
 *
 * <p>Thread-safe.
 */
public final class LoopbackServer implements AutoCloseable {

    /** One request, as the handler sees it. */
    public record Request(String method, URI uri, Headers headers, String body) {

        /** Returns the first header of a name, or an empty string. */
        public String header(String name) {
            String value = headers.getFirst(name);
            return value == null ? "" : value;
        }
    }

    /** What is answered. */
    public record Response(int status, Map<String, String> headers, String body) {

        /** An answer that is JSON. */
        public static Response json(int status, String body) {
            return new Response(status, Map.of("Content-Type", "application/json"), body);
        }
    }

    /** How a request is spoilt. */
    public sealed interface Fault {

        /** Answers something else. */
        record Instead(Response response) implements Fault {}

        /** Answers late. */
        record Slow(long millis) implements Fault {}

        /** Sends the header and half of the right body, then hangs up. */
        record CutOff() implements Fault {}
    }

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "loopback-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Function<Request, Response> handler;
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Fault> next = new ConcurrentLinkedQueue<>();
    private volatile Fault always;

    private LoopbackServer(HttpServer server, String scheme, Function<Request, Response> handler) {
        this.server = server;
        this.scheme = scheme;
        this.handler = handler;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Starts an HTTP server on a free port. */
    public static LoopbackServer http(Function<Request, Response> handler) throws IOException {
        return new LoopbackServer(HttpServer.create(loopback(), 0), "http", handler);
    }

    /** Starts an HTTPS server on a free port, with a {@link TestCertificate}. */
    public static LoopbackServer https(SSLContext context, Function<Request, Response> handler) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new LoopbackServer(server, "https", handler);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Returns {@code http://localhost:<port>}. */
    public URI address() {
        return URI.create(scheme + "://localhost:" + server.getAddress().getPort());
    }

    /** Returns all requests so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Spoils the next requests, one each. */
    public void next(Fault... faults) {
        next.addAll(List.of(faults));
    }

    /** Spoils every request from now on; null ends that. */
    public void always(Fault fault) {
        always = fault;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Headers headers = new Headers();
            headers.putAll(exchange.getRequestHeaders());
            Request request = new Request(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
            requests.add(request);
            Fault fault = next.poll();
            fault = fault == null ? always : fault;
            if (fault instanceof Fault.Slow slow) {
                pause(slow.millis());
            }
            Response response = fault instanceof Fault.Instead instead ? instead.response() : handler.apply(request);
            response.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(response.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                int length = fault instanceof Fault.CutOff ? bytes.length / 2 : bytes.length;
                exchange.getResponseBody().write(bytes, 0, length);
                exchange.getResponseBody().flush();
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

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
