package dev.modelsecrets.remote;

import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
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
    private final Optional<Thread> selector;

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
                .executor(threads);
        if (trust != null) {
            builder.sslContext(trust);
        }
        this.client = builder.build();
        this.selector = selectorOf(client);
    }

    /** Returns the thread of a client that was just made: its name has the number that ends the client's description. */
    private static Optional<Thread> selectorOf(HttpClient client) {
        String number = client.toString().replaceFirst("^.*\\((\\d+)\\)$", "$1");
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        Thread[] running = new Thread[group.activeCount() + 100];
        group.enumerate(running, false);
        return Arrays.stream(running)
                .filter(Objects::nonNull)
                .filter(thread -> thread.getName().equals("HttpClient-" + number + "-SelectorManager"))
                .findFirst();
    }

    /**
     * Closes the sockets and ends the threads. Before Java 21 a client cannot be closed, but its selector closes all
     * sockets when it is interrupted.
     */
    void close() {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (NoSuchMethodException beforeJava21) {
            selector.ifPresent(Thread::interrupt);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the HTTP client cannot be closed");
        }
        threads.shutdownNow();
    }
}
