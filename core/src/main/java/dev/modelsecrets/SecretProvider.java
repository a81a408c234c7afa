package dev.modelsecrets;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A place that secrets come from: the one interface to implement for a new source.
 *
 * <p>Implementations are thread-safe, contact nothing before the first {@link #find}, and keep values out of every
 * message, log line and {@code toString}.
 */
public interface SecretProvider {

    /**
     * Returns a short name for reports and error messages, such as {@code environment} or {@code vault}.
     *
     * @return the provider's name, one short line
     */
    String name();

    /**
     * Looks up several names at once, so that a remote store needs one round trip.
     *
     * @param names valid secret names; the set must not be modified
     * @return an answer for each name; a name that is left out counts as absent
     * @throws SecretProviderException if the provider cannot tell whether it has a secret: no permission, a malformed
     *     document, a time-out
     * @throws SecretAccessDeniedException if the backend refuses a secret to this caller
     */
    Map<String, Lookup> find(Set<String> names);

    /**
     * Says how a person would set a secret here, for the last line of a {@link MissingSecretsException}.
     *
     * @param name a valid secret name
     * @return an instruction or command, such as {@code export TRUSS_SECRET_name=...}; empty by default
     */
    default Optional<String> remedy(String name) {
        return Optional.empty();
    }

    /**
     * Returns a token of the provider's present state, so that a refresh need not read everything again.
     *
     * <p>Two equal tokens promise that {@link #find} would answer the same. It must be much cheaper than a find, such as
     * one look at a link or a version number.
     *
     * @return the token; empty, as by default, if the provider cannot tell
     */
    default Optional<Object> version() {
        return Optional.empty();
    }

    /**
     * Announces changes, for a provider whose backend can push; by default it does nothing.
     *
     * <p>An announcement may be spurious, and one may be lost: those who listen also look at intervals.
     *
     * @param names the secrets of interest
     * @param changed to be run after one of them may have changed; quick and thread-safe
     * @return ends the watch when closed
     */
    default AutoCloseable watch(Set<String> names, Runnable changed) {
        return () -> {};
    }

    /**
     * Creates a provider of fixed values.
     *
     * @param name the provider's name
     * @param values secret names and their values; copied
     * @return an immutable, thread-safe provider
     */
    static SecretProvider of(String name, Map<String, String> values) {
        Map<String, String> copy = Map.copyOf(values);
        Function<String, Lookup> lookup = secret -> {
            String value = copy.get(secret);
            return value == null ? Lookup.absent("has no such secret") : Lookup.found(value, secret);
        };
        return new FunctionSecretProvider(Objects.requireNonNull(name, "name"), lookup, true);
    }

    /**
     * Creates a provider that is asked for one name at a time.
     *
     * @param name the provider's name
     * @param lookup answers for one name; must be thread-safe
     * @return a provider as thread-safe as {@code lookup}
     */
    static SecretProvider of(String name, Function<String, Lookup> lookup) {
        return new FunctionSecretProvider(
                Objects.requireNonNull(name, "name"), Objects.requireNonNull(lookup, "lookup"), false);
    }

    /**
     * Remembers a provider's answers for a time, absent ones included: one call for many names and threads.
     *
     * @param provider the provider to ask at most once a time to live for the same names
     * @param timeToLive how long an answer is used
     * @return a thread-safe provider with the same name
     */
    static SecretProvider cached(SecretProvider provider, Duration timeToLive) {
        return cached(provider, timeToLive, Duration.ZERO);
    }

    /**
     * Remembers a provider's answers for a time, and for some time longer while the provider fails.
     *
     * <p>Where the provider fails, answers no older than both times together are used, and one WARN is given for a
     * streak of failures. Denied access is never covered up like that.
     *
     * @param provider the provider to ask at most once a time to live for the same names
     * @param timeToLive how long an answer is used
     * @param staleOnError how much longer it is used while the provider fails
     * @return a thread-safe provider with the same name
     */
    static SecretProvider cached(SecretProvider provider, Duration timeToLive, Duration staleOnError) {
        return new CachedSecretProvider(
                Objects.requireNonNull(provider, "provider"), timeToLive, staleOnError, System::nanoTime);
    }

    /**
     * Makes a provider optional: where it fails, its secrets count as absent, and a WARN says so.
     *
     * <p>Use it for a source that is expected to be broken at times, such as a developer's machine without access to
     * the remote store; a stale value further down the chain may then win.
     *
     * @param provider the provider whose failures are to be tolerated
     * @return a provider with the same name that does not fail
     */
    static SecretProvider optional(SecretProvider provider) {
        return new OptionalSecretProvider(Objects.requireNonNull(provider, "provider"));
    }
}
