package dev.modelsecrets.vault;

import dev.modelsecrets.remote.internal.Answer;
import io.github.jopenlibs.vault.VaultException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The words for all that may go wrong with Vault as a whole.
 *
 * <p>The driver's messages quote whole answers, so none of them is handed on: they are only looked through for a few
 * known words. Immutable and thread-safe.
 */
final class Problems {

    private final String vault;

    /**
     * Creates the words.
     *
     * @param vault the system, as the subject of a sentence
     */
    Problems(String vault) {
        this.vault = vault;
    }

    /**
     * Says why a call came to nothing.
     *
     * @throws InterruptedException if the thread was interrupted, which the driver hides
     */
    Answer of(VaultException failure) throws InterruptedException {
        if (failure.getHttpStatusCode() == 200) {
            return noJson(200);
        }
        if (failure.getHttpStatusCode() != 0) {
            return status(failure.getHttpStatusCode(), text(failure));
        }
        if (has(failure, InterruptedException.class)) {
            throw new InterruptedException();
        }
        return Answer.unavailable(vault + unreachable(failure));
    }

    /** Says that something else than Vault has answered. */
    Answer noJson(int status) {
        return Answer.unavailable(
                vault + " gave an answer that is not JSON (" + status + "): check the address, and what is in between");
    }

    /** Says what a status means that no single secret is to blame for. */
    Answer status(int status, String text) {
        if (isSealed(status, text)) {
            return Answer.unavailable(vault + " is sealed: unseal it");
        }
        if (status == 429) {
            return Answer.busy(vault + " limits the rate of requests (429)", null);
        }
        if (isPassing(status)) {
            return Answer.busy(vault + " answers " + status, null);
        }
        if (status == 472 || status == 473) {
            return Answer.unavailable(
                    vault + " is a standby (" + status + "): give the address of one that answers reads");
        }
        if (status == 400 && text.contains("HTTP request to an HTTPS server")) {
            return Answer.unavailable(vault + " speaks HTTPS: begin the address with https://");
        }
        return Answer.unavailable(vault + " answers " + status + ": check the address, and what is in between");
    }

    /** Says that a login is refused, or why it came to nothing. */
    Refused login(VaultException failure, Login login) throws InterruptedException {
        int status = failure.getHttpStatusCode();
        boolean denied = status == 400 || status == 403 || status == 404;
        return denied && text(failure).contains("{\"errors\":")
                ? new Refused(vault + " refuses " + login.words() + " (" + status + ")")
                : call(failure);
    }

    /** Says why a call about a token came to nothing. */
    Refused call(VaultException failure) throws InterruptedException {
        int status = failure.getHttpStatusCode();
        return new Refused(of(failure), isPassing(status) && !isSealed(status, text(failure)));
    }

    /** Says that a token is refused which was fine before. */
    Refused token(Login login) {
        return new Refused(vault + " refuses " + login.words());
    }

    private static boolean isSealed(int status, String text) {
        return status == 503 && text.contains("Vault is sealed");
    }

    private static boolean isPassing(int status) {
        return status == 412 || status == 429 || status >= 500;
    }

    private static String unreachable(VaultException failure) {
        if (has(failure, UnresolvedAddressException.class)) {
            return " cannot be reached: the host is unknown";
        }
        if (has(failure, SSLHandshakeException.class)) {
            return " cannot be reached: its certificate is not trusted, or is for another host;"
                    + " give its CA with caCertificates(..) or VAULT_CACERT";
        }
        if (has(failure, SSLException.class)) {
            return " cannot be reached: TLS fails; does it speak HTTPS?";
        }
        if (has(failure, HttpConnectTimeoutException.class)) {
            return " cannot be reached: the connection timed out";
        }
        if (has(failure, HttpTimeoutException.class)) {
            return " did not answer in time";
        }
        if (has(failure, ConnectException.class)) {
            return " cannot be reached: connection refused";
        }
        return has(failure, IOException.class)
                ? " broke off the connection before its answer was complete"
                : " gave an answer that the driver does not understand";
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (kind.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String text(VaultException failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "");
    }
}
