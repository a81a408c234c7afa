package dev.modelsecrets.remote.internal;

import java.util.Map;
import java.util.Set;

/**
 * One remote system, asked for secrets by their remote names; implemented once for each client library.
 *
 * <p>Implementations are thread-safe and contact nothing before the first {@link #read}.
 */
public interface RemoteService extends AutoCloseable {

    /**
     * Says which system this is, as the subject of a sentence: {@code Vault at https://vault:8200}.
     *
     * @return a few words; no secret, no password in an address
     */
    String description();

    /**
     * Says where a secret is, for people: its path or full name in the system.
     *
     * @param secret a remote name
     * @return a few words
     */
    String where(String secret);

    /**
     * Says how many secrets one call can read.
     *
     * @return 1 unless the system has a batch call
     */
    default int batchSize() {
        return 1;
    }

    /**
     * Tries once to read some secrets; it runs on a thread of its own, which is interrupted at the deadline.
     *
     * <p>Exceptions of a client library are turned into answers here: an exception that gets out is reported by its
     * class only.
     *
     * @param secrets remote names, at most {@link #batchSize()}
     * @param deadline the time that is left, for the time-outs of the client
     * @return an answer for each
     * @throws InterruptedException if the thread is interrupted
     */
    Map<String, Answer> read(Set<String> secrets, Deadline deadline) throws InterruptedException;

    /** Closes the client, if this made it. Idempotent. */
    @Override
    void close();
}
