package dev.modelsecrets.remote;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The words for a store that cannot be reached: one table for all remote providers, which their README shows.
 *
 * <p>Only the classes of exceptions are looked at, and a proxy's status; no message of theirs is handed on. Immutable
 * and thread-safe.
 */
public final class ConnectionFailures {

    private static final int DEPTH = 20;

    /** How the JDK's two HTTP clients say that a proxy does not make the connection. */
    private static final Pattern REFUSED_BY_PROXY =
            Pattern.compile("Tunnel failed|Unable to tunnel through proxy|[Pp]roxy [Aa]uthentication [Rr]equired");

    private static final String CONNECT_TIMED_OUT = "[Cc]onnect(ion)? timed out";

    private final SystemProxies proxies;
    private final String trust;

    private ConnectionFailures(SystemProxies proxies, String trust) {
        this.proxies = proxies;
        this.trust = trust;
    }

    /**
     * Creates the words for a client that trusts what the JVM trusts.
     *
     * @param proxies chooses the proxy that the client goes through
     * @return the words
     */
    public static ConnectionFailures of(SystemProxies proxies) {
        return of(proxies, "add its authority to the trust store of this JVM (javax.net.ssl.trustStore)");
    }

    /**
     * Creates the words for a client that can be told what to trust.
     *
     * @param proxies chooses the proxy that the client goes through
     * @param trust how to make it trust another authority, such as {@code give its CA with caCertificates(..)}
     * @return the words
     */
    public static ConnectionFailures of(SystemProxies proxies, String trust) {
        return new ConnectionFailures(proxies, trust);
    }

    /**
     * Says what a failure of the network means; a time-out and a broken connection are {@link Answer#silent}.
     *
     * @param store the store, as the subject of a sentence
     * @param address where it is; null if that is not known yet
     * @param failure what a client threw
     * @return an answer; empty if the failure is not one of the network
     * @throws InterruptedException if the thread was interrupted
     */
    public Optional<Answer> answer(String store, @Nullable URI address, Throwable failure) throws InterruptedException {
        if (has(failure, InterruptedException.class) || has(failure, ClosedByInterruptException.class)) {
            throw new InterruptedException();
        }
        if (isByProxy(failure)) {
            return Optional.of(Answer.unavailable(store + " cannot be reached: " + proxy(address)
                    + " refuses to connect: check its rules and its login, or put the host into NO_PROXY"));
        }
        String obstacle = obstacle(failure);
        if (obstacle != null) {
            boolean byProxy = address != null && proxies.proxyFor(address).isPresent() && !isTls(failure);
            return Optional.of(Answer.unavailable(
                    store + " cannot be reached: " + (byProxy ? proxy(address) + ": " : "") + obstacle));
        }
        if (has(failure, HttpConnectTimeoutException.class) || says(failure, CONNECT_TIMED_OUT)) {
            return Optional.of(Answer.silent(store + " cannot be reached: the connection timed out"));
        }
        if (isTimeout(failure)) {
            return Optional.of(Answer.silent(store + " did not answer in time"));
        }
        return isBreak(failure)
                ? Optional.of(Answer.silent(store + " broke off the connection before its answer was complete"))
                : Optional.empty();
    }

    /**
     * Says what a failure of the network means, where a sentence is needed and no answer: in a log, in an exception.
     *
     * @param store the store, as the subject of the sentence
     * @param address where it is; null if that is not known yet
     * @param failure what a client threw
     * @return a sentence without a full stop; empty if the failure is not one of the network
     * @throws InterruptedException if the thread was interrupted
     */
    public Optional<String> sentence(String store, @Nullable URI address, Throwable failure)
            throws InterruptedException {
        return answer(store, address, failure)
                .map(answer -> answer instanceof Answer.Silent silent
                        ? silent.problem
                        : ((Answer.Unavailable) answer).problem);
    }

    private String proxy(@Nullable URI address) {
        Optional<InetSocketAddress> proxy = address == null ? Optional.empty() : proxies.proxyFor(address);
        return proxy.map(at -> "the proxy " + at.getHostString() + ":" + at.getPort())
                .orElse("the proxy");
    }

    /** Says what is in the way of a connection; null if there was one. */
    private @Nullable String obstacle(Throwable failure) {
        if (has(failure, UnknownHostException.class) || has(failure, UnresolvedAddressException.class)) {
            return "the host is unknown";
        }
        if (has(failure, CertificateException.class)
                || has(failure, CertPathValidatorException.class)
                || has(failure, CertPathBuilderException.class)) {
            return "its certificate is not trusted, or is for another host; " + trust;
        }
        if (has(failure, SSLException.class) && !isBreak(failure) && !isTimeout(failure)) {
            return "no TLS connection could be agreed on; does it speak HTTPS?";
        }
        if (has(failure, NoRouteToHostException.class)) {
            return "there is no route to the host";
        }
        boolean timedOut = isTimeout(failure) || says(failure, CONNECT_TIMED_OUT);
        boolean refused = has(failure, ConnectException.class) && !timedOut;
        return refused ? "connection refused" : null;
    }

    private static boolean isTls(Throwable failure) {
        return has(failure, SSLException.class);
    }

    private static boolean isByProxy(Throwable failure) {
        return says(failure, REFUSED_BY_PROXY.pattern());
    }

    /**
     * Tells whether a client gave up waiting.
     *
     * @param failure what it threw
     * @return true for the time-outs of the JDK's clients, and of those that have them as causes
     */
    public static boolean isTimeout(Throwable failure) {
        return has(failure, HttpTimeoutException.class)
                || has(failure, SocketTimeoutException.class)
                || has(failure, TimeoutException.class);
    }

    private static boolean isBreak(Throwable failure) {
        return has(failure, EOFException.class)
                || has(failure, SocketException.class)
                || has(failure, ClosedChannelException.class)
                || says(failure, "Premature EOF|received no bytes|closed.*by peer|EOF reached|[Cc]onnection reset")
                || endsInPlainIOException(failure);
    }

    /** Tells whether the JDK's own client gave no better reason; the exceptions of parsers are subtypes. */
    private static boolean endsInPlainIOException(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; depth < DEPTH && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        return cause.getClass() == IOException.class || cause.getClass() == InterruptedIOException.class;
    }

    private static boolean says(Throwable failure, String words) {
        Pattern pattern = Pattern.compile(words);
        @Nullable Throwable cause = failure;
        for (int depth = 0; depth < DEPTH && cause != null; depth++) {
            if (cause instanceof IOException
                    && pattern.matcher(String.valueOf(cause.getMessage())).find()) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; depth < DEPTH && cause != null; depth++) {
            if (kind.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
