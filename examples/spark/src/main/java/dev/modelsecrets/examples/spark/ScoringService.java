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
import org.jspecify.annotations.Nullable;

/**
 * A service on the loopback interface that scores a row if the caller has the token; one that was replaced is accepted
 * for a time of grace.
 */
final class ScoringService implements AutoCloseable {

    /** A header with the time at which the caller got its token, in milliseconds since 1970. */
    static final String TAKEN_AT = "Taken-At";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final Duration grace;

    /** When each former token was replaced, as above; {@code Long.MAX_VALUE} for one that was not. */
    private final Map<String, Long> replacedAt = new ConcurrentHashMap<>();

    private final AtomicLong scored = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong staleWhenTaken = new AtomicLong();
    private final AtomicLong oldestMillis = new AtomicLong();
    private final AtomicLong oldestWhenTakenMillis = new AtomicLong();
    private volatile int millisForARow;

    /**
     * What the callers did.
     *
     * @param refused calls with a token whose time of grace was over
     * @param staleWhenTaken calls with a token whose time of grace was over when the caller got it
     * @param oldest how long the oldest token that was used had been replaced
     * @param oldestWhenTaken the same at the time at which the caller got it
     */
    record Totals(long scored, long refused, long staleWhenTaken, Duration oldest, Duration oldestWhenTaken) {}

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
        replacedAt.put(token, System.currentTimeMillis());
    }

    private void score(HttpExchange exchange) throws IOException {
        try (exchange) {
            Long replaced = replacedAt(exchange.getRequestHeaders().getFirst("Authorization"));
            if (replaced != null && isFresh(replaced, exchange)) {
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

    private @Nullable Long replacedAt(@Nullable String authorization) {
        return authorization == null ? null : replacedAt.get(authorization.substring("Bearer ".length()));
    }

    private boolean isFresh(long replaced, HttpExchange exchange) {
        if (replaced == Long.MAX_VALUE) {
            return true;
        }
        long whenTaken = Long.parseLong(exchange.getRequestHeaders().getFirst(TAKEN_AT)) - replaced;
        oldestWhenTakenMillis.accumulateAndGet(whenTaken, Math::max);
        if (whenTaken > grace.toMillis()) {
            staleWhenTaken.incrementAndGet();
        }
        long age = System.currentTimeMillis() - replaced;
        oldestMillis.accumulateAndGet(age, Math::max);
        return age <= grace.toMillis();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    Totals totals() {
        return new Totals(
                scored.get(),
                refused.get(),
                staleWhenTaken.get(),
                Duration.ofMillis(oldestMillis.get()),
                Duration.ofMillis(oldestWhenTakenMillis.get()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
