package dev.modelsecrets.remote;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to one remote store: reads secrets by their remote names, and knows how a person would set one.
 *
 * <p>One implementation for each store; the rest is {@link RemoteSecretProvider}'s. Implementations are thread-safe and
 * contact nobody before {@link #connect} or {@link #read}.
 */
public interface RemoteService extends AutoCloseable {

    /**
     * Says which store this is, as the subject of a sentence: {@code Vault at https://vault:8200}.
     *
     * @return a few words; no secret, no password in an address
     */
    String description();

    /**
     * Says where a secret is, for people: its path or full name in the store, with its version if that is pinned.
     *
     * @param secret a remote name
     * @return a few words
     */
    String where(String secret);

    /**
     * Says why the store cannot have a secret of some name; such a name is failed, and never sent.
     *
     * @param secret a remote name
     * @return what a name in this store is made of; empty, as by default, if it can have that name
     */
    default Optional<String> nameProblem(String secret) {
        return Optional.empty();
    }

    /**
     * Says how many secrets one call can read.
     *
     * @return 1 unless the store has a batch call
     */
    default int batchSize() {
        return 1;
    }

    /**
     * Makes the client before the clock of a find starts; many clients take a second of computing in a small container.
     *
     * <p>It runs on a thread of the provider's pool, until it succeeds once, for three times the deadline at most.
     *
     * @return the answer for every secret if there can be no client; empty, as by default, if there is one
     */
    default Optional<Answer> connect() {
        return Optional.empty();
    }

    /**
     * Tries once to read some secrets, on a thread of the provider's pool that is interrupted at the deadline.
     *
     * <p>Exceptions of a client are turned into answers here: of one that gets out, only its class is reported.
     *
     * @param secrets remote names, at most {@link #batchSize()}
     * @param attempt the time for this attempt, for the time-outs of the client
     * @return an answer for each
     * @throws InterruptedException if the thread is interrupted
     */
    Map<String, Answer> read(Set<String> secrets, Deadline attempt) throws InterruptedException;

    /**
     * Says how a person would set the remote secret of one name.
     *
     * @param secret a remote name
     * @param key the key that has the value; null where the whole secret is the value
     * @return an instruction or command; empty by default
     */
    default Optional<String> remedy(String secret, @Nullable String key) {
        return Optional.empty();
    }

    /**
     * Says how a person would add a key to a remote secret whose keys are the names.
     *
     * @param secret a remote name
     * @param key the key
     * @return an instruction or command; empty by default
     */
    default Optional<String> remedyInDocument(String secret, String key) {
        return Optional.empty();
    }

    /** Forgets what is cached, such as a lease, so that the next read asks the store; by default nothing is cached. */
    default void expire() {}

    /** Closes the client, if this made it. Idempotent. */
    @Override
    void close();
}
