package dev.modelsecrets.kubernetes;

import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The JDK's HTTP client, of which neither a socket nor a thread is left after {@link #close()}.
 *
 * <p>Before Java 21 that client has no end of its own: its thread, and with it the sockets, stay until a garbage
 * collection. There the thread is interrupted, at which it closes all and ends. Thread-safe.
 */
final class JdkHttpClient implements AutoCloseable {

    private final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(null, task, "model-secrets-kubernetes-http", 0, false);
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http;
    private final Optional<Thread> selector;
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
                .executor(workers)
                .build();
        this.selector = selectorOf(http);
    }

    /** Returns the thread of a client that was just made: its name has the number that ends the client's description. */
    private static Optional<Thread> selectorOf(HttpClient http) {
        String number = http.toString().replaceFirst("^.*\\((\\d+)\\)$", "$1");
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        Thread[] threads = new Thread[group.activeCount() + 100];
        group.enumerate(threads, false);
        return Arrays.stream(threads)
                .filter(Objects::nonNull)
                .filter(thread -> thread.getName().equals("HttpClient-" + number + "-SelectorManager"))
                .findFirst();
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
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(http);
        } catch (NoSuchMethodException beforeJava21) {
            selector.ifPresent(Thread::interrupt);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        workers.shutdownNow();
    }
}
