package dev.modelsecrets.remote;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 to one server with the JDK's client, for stores that need no client library.
 *
 * <p>No redirect is followed, so that a token never reaches another host. A connection that was idle for longer than 15
 * seconds, or that did not answer, is not used again: on its way a firewall may have forgotten it, and Java 17 would
 * keep it for 20 minutes. {@link #close()} ends the threads and sockets at once, on Java 17 too. Thread-safe.
 */
public final class HttpConnection implements AutoCloseable {

    private static final Duration LONGEST_IDLE = Duration.ofSeconds(15);

    private final URI address;
    private final SystemProxies proxies;
    private final @Nullable SSLContext trust;
    private final Duration longestIdle;
    private @Nullable HttpSession session;
    private @Nullable HttpSession streams;
    private boolean closed;

    /**
     * Creates a connection; nothing is contacted.
     *
     * @param address scheme, host, port and the path that every path begins with
     * @param proxies chooses the proxy
     * @param trust what to trust; null for what the JVM trusts
     * @see Certificates#trusting
     */
    public HttpConnection(URI address, SystemProxies proxies, @Nullable SSLContext trust) {
        this(address, proxies, trust, LONGEST_IDLE);
    }

    HttpConnection(URI address, SystemProxies proxies, @Nullable SSLContext trust, Duration longestIdle) {
        this.address = address;
        this.proxies = proxies;
        this.trust = trust;
        this.longestIdle = longestIdle;
    }

    /**
     * Begins a request to a path on the server.
     *
     * @param path a path with its query, encoded; it begins with a slash
     * @return a builder for {@link #send}
     */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address.toString().replaceFirst("/+$", "") + path));
    }

    /**
     * Sends a request and waits for the whole answer.
     *
     * @param request what to send
     * @param attempt the time for it
     * @return the answer, whatever its status
     * @throws IOException if there is none; {@link ConnectionFailures} has the words for it
     * @throws InterruptedException if the thread is interrupted
     * @throws IllegalStateException if this is closed
     */
    public HttpReply send(HttpRequest.Builder request, Deadline attempt) throws IOException, InterruptedException {
        HttpSession used = acquire();
        try {
            return new HttpReply(
                    used.client.send(request.timeout(attempt.remaining()).build(), header -> new TimedBody(attempt)));
        } catch (IOException e) {
            retire(used);
            boolean isBody = ConnectionFailures.isTimeout(e) && !(e instanceof HttpTimeoutException);
            throw isBody ? new HttpTimeoutException("no whole answer in time") : e;
        } finally {
            release(used);
        }
    }

    /**
     * Sends a request whose answer goes on for long, such as a watch, on sockets of its own.
     *
     * @param request what to send
     * @param body takes the answer
     * @return the answer; it completes when the body does, and cancelling it closes the socket
     * @throws IllegalStateException if this is closed
     */
    public CompletableFuture<HttpResponse<Void>> stream(HttpRequest.Builder request, BodyHandler<Void> body) {
        return streams().client.sendAsync(request.build(), body);
    }

    private synchronized HttpSession streams() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        HttpSession present = streams;
        if (present == null) {
            present = new HttpSession(proxies, trust);
            streams = present;
        }
        return present;
    }

    private synchronized HttpSession acquire() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        HttpSession present = session;
        if (present != null && present.inFlight == 0 && System.nanoTime() - present.lastUsed >= longestIdle.toNanos()) {
            retire(present);
            present.close();
            present = null;
        }
        if (present == null || present.retired) {
            present = new HttpSession(proxies, trust);
            session = present;
        }
        present.inFlight++;
        return present;
    }

    private synchronized void retire(HttpSession used) {
        used.retired = true;
    }

    private synchronized void release(HttpSession used) {
        used.inFlight--;
        used.lastUsed = System.nanoTime();
        if (used.inFlight == 0 && (used.retired || closed)) {
            used.close();
        }
    }

    /** Ends the threads, sockets and streams; requests under way end when their threads are interrupted. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        HttpSession present = session;
        if (present != null && present.inFlight == 0) {
            present.close();
        }
        session = null;
        if (streams != null) {
            streams.close();
        }
    }
}
