package dev.modelsecrets.kubernetes;

import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client, of which neither a socket nor a thread is left after {@link #close()}.
 *
 * <p>Before Java 21 that client has no end of its own: its thread, and with it the sockets, stay until a garbage
 * collection. The thread ends at an interrupt, and is known here because it hands out the work. Thread-safe.
 */
final class JdkHttpClient implements AutoCloseable {

    private final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(null, task, "model-secrets-kubernetes-http", 0, false);
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http;
    private volatile @Nullable Thread selector;
    private int users;
    private boolean closing;

    JdkHttpClient(Cluster cluster) {
        this.http = HttpClient.newBuilder()
                // A dead HTTP/2 connection would take all requests along.
                .version(HttpClient.Version.HTTP_1_1)
                // The token is for the configured host, and for no other that it names.
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(cluster.tls())
                .proxy(cluster.proxies())
                .executor(this::execute)
                .build();
    }

    private void execute(Runnable task) {
        Thread caller = Thread.currentThread();
        if (caller.getName().endsWith("-SelectorManager")) {
            selector = caller;
        }
        workers.execute(task);
    }

    HttpClient http() {
        return http;
    }

    /** Takes the client for a request; false if it is being closed. */
    synchronized boolean acquire() {
        if (closing) {
            return false;
        }
        users++;
        return true;
    }

    /** Gives it back. */
    synchronized void release() {
        users--;
        endIfUnused();
    }

    /** Lets the requests that are under way come to their end, and ends then. Idempotent. */
    synchronized void retire() {
        closing = true;
        endIfUnused();
    }

    private void endIfUnused() {
        if (closing && users == 0) {
            close();
        }
    }

    /** Ends all connections. Idempotent. */
    @Override
    public synchronized void close() {
        closing = true;
        Thread running = selector;
        if (running != null) {
            running.interrupt();
        }
        workers.shutdownNow();
    }
}
