package dev.modelsecrets.examples.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A service on the loopback interface that scores a row if the caller has the token; one that was replaced is accepted for
 * a time of grace.
 */
final class ScoringService implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final Duration grace;

    /** When each former token was replaced; {@code Long.MAX_VALUE} for one that was not. */
    private final Map<String, Long> replacedAt = new ConcurrentHashMap<>();

    private final AtomicLong scored = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong oldestNanos = new AtomicLong();
    private volatile int millisForARow;

    /** What the callers did. */
    record Totals(long scored, long refused, Duration oldestToken) {}

    ScoringService(Duration grace) throws IOException {
        this.grace = grace;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/score/", this::score);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Sets how long the model thinks. */
    void thinkFor(int millis) {
        millisForARow = millis;
    }

    void accept(String token) {
        replacedAt.put(token, Long.MAX_VALUE);
    }

    void replaced(String token) {
        replacedAt.put(token, System.nanoTime());
    }

    private void score(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (isAccepted(exchange.getRequestHeaders().getFirst("Authorization"))) {
                think();
                scored.incrementAndGet();
                int row = Integer.parseInt(exchange.getRequestURI().getPath().substring("/score/".length()));
                answer(exchange, 200, Integer.toString(scoreOf(row)));
            } else {
                refused.incrementAndGet();
                answer(exchange, 401, "");
            }
        }
    }

    static int scoreOf(int row) {
        return Math.floorMod(row * 31, 97);
    }

    private void think() {
        if (millisForARow > 0) {
            try {
                Thread.sleep(millisForARow);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isAccepted(String header) {
        Long replaced = header == null ? null : replacedAt.get(header.substring("Bearer ".length()));
        if (replaced == null) {
            return false;
        }
        if (replaced == Long.MAX_VALUE) {
            return true;
        }
        long age = System.nanoTime() - replaced;
        oldestNanos.accumulateAndGet(age, Math::max);
        return age <= grace.toNanos();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    Totals totals() {
        return new Totals(scored.get(), refused.get(), Duration.ofNanos(oldestNanos.get()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
