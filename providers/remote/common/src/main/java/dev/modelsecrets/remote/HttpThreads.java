package dev.modelsecrets.remote;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a JDK HTTP client, with a {@link #close()} that ends its sockets too.
 *
 * <p>A client cannot be closed before Java 21: its sockets and its selector's thread stay until a garbage collection.
 * The selector hands the first event of every connection to the client's executor, by which it is known here, and it
 * closes all connections of its client when it is interrupted; so it does in Java 17 to 25. Thread-safe.
 *
 * <pre>{@code
 * HttpThreads threads = new HttpThreads();
 * HttpClient client = HttpClient.newBuilder().executor(threads).build();
 * ...
 * threads.close();
 * }</pre>
 */
public final class HttpThreads implements Executor, AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(null, task, "model-secrets-http", 0, false);
        thread.setDaemon(true);
        return thread;
    });

    private volatile @Nullable Thread selector;

    /** Creates the threads of one client; none runs before the client needs it. */
    public HttpThreads() {}

    @Override
    public void execute(Runnable task) {
        Thread caller = Thread.currentThread();
        if (caller.getName().endsWith("-SelectorManager")) {
            selector = caller;
        }
        threads.execute(task);
    }

    /** Closes the client's connections and ends its threads; the client cannot be used after that. Idempotent. */
    @Override
    public void close() {
        Thread seen = selector;
        if (seen != null) {
            seen.interrupt();
        }
        threads.shutdown();
    }
}
