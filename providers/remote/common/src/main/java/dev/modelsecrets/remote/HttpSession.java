package dev.modelsecrets.remote;

import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One HTTP client of the JDK with its pool of sockets. All but its client is guarded by its user. */
final class HttpSession {

    final HttpClient client;
    int inFlight;
    long lastUsed = System.nanoTime();
    boolean retired;

    private final HttpThreads threads = new HttpThreads();
    private final Optional<Thread> selector;

    HttpSession(SystemProxies proxies, @Nullable SSLContext trust) {
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

    /**
     * Returns the thread of a client that was just made: its name has the number that ends the client's description.
     */
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

    /** Ends it, even if no connection was made by which {@link HttpThreads} would know the thread to end. */
    void close() {
        selector.ifPresent(Thread::interrupt);
        threads.close();
    }
}
