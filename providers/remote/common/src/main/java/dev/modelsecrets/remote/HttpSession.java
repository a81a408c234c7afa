package dev.modelsecrets.remote;

import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One HTTP client of the JDK with its pool of sockets. All but its client is guarded by its user. */
final class HttpSession {

    final HttpClient client;
    int inFlight;
    long lastUsed = System.nanoTime();
    boolean retired;

    private final HttpThreads threads = new HttpThreads();

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
    }

    void close() {
        threads.close();
    }
}
