package dev.modelsecrets.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Answers watches line by line, as an API server does, over HTTPS. */
final class WatchServer implements AutoCloseable {

    /** A watch that is being answered. */
    static final class Stream {

        private final HttpExchange exchange;
        private final CountDownLatch over = new CountDownLatch(1);

        Stream(HttpExchange exchange) {
            this.exchange = exchange;
        }

        String header(String name) {
            return exchange.getRequestHeaders().getFirst(name);
        }

        String query() {
            return exchange.getRequestURI().getQuery();
        }

        /** Sends an event about the Secret. */
        void send(String type, String version) throws IOException {
            line("{\"type\":\"" + type + "\",\"object\":{\"kind\":\"Secret\",\"metadata\":{\"resourceVersion\":\""
                    + version + "\"},\"data\":{}}}");
        }

        void line(String line) throws IOException {
            exchange.getResponseBody().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }

        /** Ends the answer in good order. */
        void end() throws IOException {
            exchange.getResponseBody().close();
            over.countDown();
        }

        /** Hangs up. */
        void cut() {
            over.countDown();
        }
    }

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "watch-server");
        thread.setDaemon(true);
        return thread;
    });
    private final BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
    private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();

    WatchServer(SSLContext context) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI address() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    /** Refuses the next watches. */
    void refuse(int... statuses) {
        for (int status : statuses) {
            refusals.add(status);
        }
    }

    /** Waits for the next watch that is not refused. */
    Stream next() throws InterruptedException {
        Stream stream = streams.poll(2, TimeUnit.MINUTES);
        if (stream == null) {
            throw new AssertionError("no watch came");
        }
        return stream;
    }

    private void handle(HttpExchange exchange) throws IOException {
        Integer refusal = refusals.poll();
        if (refusal != null) {
            if (refusal == 302) {
                exchange.getResponseHeaders().set("Location", address() + "/elsewhere");
            }
            exchange.sendResponseHeaders(refusal, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        Stream stream = new Stream(exchange);
        streams.add(stream);
        try {
            stream.over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // After a good end there is nothing left to hang up on.
        throw new IOException("hangs up");
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
