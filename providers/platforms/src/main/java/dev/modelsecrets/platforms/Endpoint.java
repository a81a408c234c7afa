package dev.modelsecrets.platforms;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a platform answers, and how it is reached: over TLS, with a time limit for each request.
 *
 * <p>Secrets go out over TLS only, so that any URL but {@code https} is refused; the one exception is {@link
 * #plainLoopback(URI)}, for tests. Redirects are never followed. Immutable and thread-safe.
 */
public final class Endpoint {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final URI base;
    private final Duration timeout;
    private final @Nullable SSLContext tls;

    private Endpoint(URI base, Duration timeout, @Nullable SSLContext tls) {
        this.base = base;
        this.timeout = timeout;
        this.tls = tls;
    }

    /**
     * Takes the URL below which a platform's API lies, such as {@code https://api.baseten.co}.
     *
     * @param base an {@code https} URL without user, query and fragment
     * @return the endpoint, with a time limit of 30 seconds
     * @throws IllegalArgumentException if it is another kind of URL
     */
    public static Endpoint of(URI base) {
        return checked("https", base);
    }

    /**
     * Takes an {@code http} URL on this machine, where a test runs a double of the platform.
     *
     * @param base an {@code http} URL of {@code localhost}, {@code 127.0.0.1} or {@code [::1]}
     * @return the endpoint, with a time limit of 30 seconds
     * @throws IllegalArgumentException if it is another kind of URL, or that of another machine
     */
    public static Endpoint plainLoopback(URI base) {
        Endpoint endpoint = checked("http", base);
        if (!LOOPBACK.contains(endpoint.host())) {
            throw new IllegalArgumentException("secrets go out over TLS only: " + endpoint.host()
                    + " is not this machine, so that its URL has to begin with https");
        }
        return endpoint;
    }

    private static Endpoint checked(String scheme, URI base) {
        if (!scheme.equalsIgnoreCase(base.getScheme())) {
            throw new IllegalArgumentException("secrets go out over TLS only: the URL of a platform has to begin with "
                    + scheme + (base.getScheme() == null ? "" : ", and begins with " + base.getScheme()));
        }
        // What is wrong here may be a password: the URL is not quoted.
        if (base.getHost() == null
                || base.getRawUserInfo() != null
                || base.getRawQuery() != null
                || base.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the URL of a platform has a host, and neither a user, nor a query, nor a fragment");
        }
        String text = base.toString();
        return new Endpoint(
                text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : base,
                Duration.ofSeconds(30),
                null);
    }

    /**
     * Limits the time that one request may take, its answer included.
     *
     * @param timeout more than zero
     * @return an endpoint with this limit
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Endpoint withTimeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("the time limit has to be more than zero");
        }
        return new Endpoint(base, timeout, tls);
    }

    /**
     * Trusts other certificates than the JVM does, such as those of a company's own authority.
     *
     * @param context decides which certificates are trusted, and holds a client's own ones
     * @return an endpoint with this context
     */
    public Endpoint withTls(SSLContext context) {
        return new Endpoint(base, timeout, Objects.requireNonNull(context, "context"));
    }

    private String host() {
        return base.getHost().toLowerCase(Locale.ROOT);
    }

    boolean isPlain() {
        return "http".equalsIgnoreCase(base.getScheme());
    }

    URI resolve(String pathAndQuery) {
        return URI.create(base + pathAndQuery);
    }

    Duration timeout() {
        return timeout;
    }

    Optional<SSLContext> tls() {
        return Optional.ofNullable(tls);
    }

    /** Returns the URL. */
    @Override
    public String toString() {
        return base.toString();
    }
}
