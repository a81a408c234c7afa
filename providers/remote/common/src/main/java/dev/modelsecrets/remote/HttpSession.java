package dev.modelsecrets.remote;

import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One HTTP client of the JDK with its pool of sockets, which can be closed. All but its client is guarded by its user. */
final class HttpSession {

    final HttpClient client;
    int inFlight;
    long lastUsed = System.nanoTime();
    boolean retired;

    private final ExecutorService threads;
    private volatile @Nullable Thread selector;

    HttpSession(SystemProxies proxies, @Nullable SSLContext trust) {
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(null, task, "model-secrets-http", 0, false);
            thread.setDaemon(true);
            return thread;
        });
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(proxies)
                .executor(this::execute);
        if (trust != null) {
            builder.sslContext(trust);
        }
        this.client = builder.build();
    }

    private void execute(Runnable task) {
        Thread caller = Thread.currentThread();
        if (caller.getName().endsWith("-SelectorManager")) {
            selector = caller;
        }
        threads.execute(task);
    }

    /**
     * Closes the sockets and ends the threads. Before Java 21 a client cannot be closed, but its selector, which hands
     * the first event of every connection to the executor, closes all sockets when it is interrupted.
     */
    void close() {
        Thread seen = selector;
        if (client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("the HTTP client cannot be closed");
            }
        } else if (seen != null) {
            seen.interrupt();
        }
        threads.shutdown();
    }
}
