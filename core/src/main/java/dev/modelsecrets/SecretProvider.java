package dev.modelsecrets;

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
     * Creates a provider of fixed values.
     *
     * @param name the provider's name
     * @param values secret names and their values; copied
     * @return an immutable, thread-safe provider
     */
    static SecretProvider of(String name, Map<String, String> values) {
        Map<String, String> copy = Map.copyOf(values);
        return of(name, secret -> {
            String value = copy.get(secret);
            return value == null ? Lookup.absent("has no such secret") : Lookup.found(value, secret);
        });
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
                Objects.requireNonNull(name, "name"), Objects.requireNonNull(lookup, "lookup"));
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
