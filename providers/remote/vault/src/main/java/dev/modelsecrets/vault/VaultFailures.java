package dev.modelsecrets.vault;

import dev.modelsecrets.remote.Answer;
import dev.modelsecrets.remote.ConnectionFailures;
import dev.modelsecrets.remote.SystemProxies;
import dev.modelsecrets.vault.VaultError.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The words for all that may go wrong with Vault as a whole. Immutable and thread-safe. */
final class VaultFailures {

    private final String vault;
    private final URI address;
    private final ConnectionFailures connection;

    /**
     * Creates the words.
     *
     * @param vault the store, as the subject of a sentence
     */
    VaultFailures(String vault, URI address, SystemProxies proxies) {
        this.vault = vault;
        this.address = address;
        this.connection = ConnectionFailures.of(proxies, "give its CA with caCertificates(..) or VAULT_CACERT");
    }

    /** Says why there was no answer. */
    Answer unanswered(IOException failure) throws InterruptedException {
        Optional<Answer> answer = connection.answer(vault, address, failure);
        return answer.orElseGet(() -> Answer.unavailable(vault + " gave an answer that is not HTTP ("
                + failure.getClass().getName() + "): check the address"));
    }

    /** Says what an error means that concerns the server and not a single secret. */
    Answer of(VaultError error) {
        int status = error.status();
        if (error.is(Kind.SEALED)) {
            return Answer.unavailable(vault + " is sealed: unseal it");
        }
        if (error.is(Kind.HTTPS_WANTED)) {
            return Answer.unavailable(vault + " speaks HTTPS: begin the address with https://");
        }
        if (status >= 300 && status < 400) {
            return Answer.unavailable(vault + " sends this client to "
                    + (error.redirect() == null ? "another path" : error.redirect())
                    + ", and a token is sent to the configured address only: give that address, or let the standby"
                    + " forward requests");
        }
        if (status == 429) {
            return Answer.busy(vault + " limits the rate of requests (429)", error.retryAfter());
        }
        if (status == 472 || status == 473) {
            return Answer.unavailable(
                    vault + " is a standby (" + status + "): give the address of one that answers reads");
        }
        if (error.isPassing()) {
            return Answer.busy(vault + " answers " + status, error.retryAfter());
        }
        return error.is(Kind.FOREIGN)
                ? Answer.unavailable(vault + " gave an answer that is not JSON (" + status
                        + "): check the address, and what is in between")
                : Answer.unavailable(vault + " answers " + status + ": check the address, and what is in between");
    }

    /** Says that a login is refused, or why it came to nothing. */
    NoTokenException login(VaultError error, Login login) {
        return error.isRefusal() && error.kind() != Kind.HTTPS_WANTED
                ? new NoTokenException(vault + " rejected " + login.words() + " (" + error.status() + ")")
                : call(error);
    }

    /** Says why a call about a token came to nothing. */
    NoTokenException call(VaultError error) {
        return new NoTokenException(of(error), error.isPassing());
    }

    /** Says that a token is refused which was fine before. */
    NoTokenException token(Login login) {
        return new NoTokenException(vault + " rejected " + login.words());
    }
}
