package dev.modelsecrets;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A place that secrets come from: the one interface to implement for a new source.
 *
 * <p>Implementations are thread-safe, contact nothing before the first {@link #find}, and keep values out of every
 * message, log line and {@code toString}. A decorator extends {@link DelegatingSecretProvider}, which forwards every
 * method.
 *
 * <pre>{@code
 * final class TeamVault implements SecretProvider {
 *     public String name() {
 *         return "team vault";
 *     }
 *
 *     public Map<String, Lookup> find(Set<String> names) {
 *         Map<String, Lookup> answers = new HashMap<>();
 *         client.read(names).forEach((name, value) -> answers.put(name, Lookup.found(value, "item " + name)));
 *         return answers; // a name that is left out is absent
 *     }
 * }
 * }</pre>
 */
public interface SecretProvider extends AutoCloseable {

    /**
     * Returns a short name for reports and error messages, such as {@code environment} or {@code vault}.
     *
     * @return the provider's name, one short line
     */
    String name();

    /**
     * Looks up several names at once, so that a remote store needs one round trip.
     *
     * <p>A name that cannot be read is a {@linkplain Lookup#failed failed} answer and a refused one a {@linkplain
     * Lookup#denied denied} answer, so that the other names still get theirs. An exception means that the provider as a
     * whole failed, for every name: its class is reported and its message is withheld, unless it is one of the {@link
     * SecretsException}s, whose messages hold no value.
     *
     * @param names valid secret names; the set must not be modified
     * @return an answer for each name; a name that is left out counts as absent
     * @throws SecretProviderException if the provider as a whole cannot tell: an unreachable server, a malformed
     *     document
     * @throws SecretAccessDeniedException if the backend refuses everything to this caller
     */
    Map<String, Lookup> find(Set<String> names);

    /**
     * Says how a person would set a secret here, for the last line of a {@link MissingSecretsException}.
     *
     * @param name a valid secret name
     * @return an instruction or command, such as {@code vault kv put secret/demo name=...}; empty by default
     */
    default Optional<String> remedy(String name) {
        return Optional.empty();
    }

    /**
     * Returns a token of the provider's present state, so that a refresh need not read everything again.
     *
     * <p>Two equal tokens promise that {@link #find} would answer the same. It must be much cheaper than a find, such
     * as one look at a link or a version number.
     *
     * @return the token; empty, as by default, if the provider cannot tell
     */
    default Optional<Object> version() {
        return Optional.empty();
    }

    /**
     * Announces changes, for a provider whose backend can push; by default nothing is announced.
     *
     * <p>An announcement may be spurious, and one may be lost: those who listen also look at intervals.
     *
     * @param names the secrets of interest
     * @param changed to be run after one of them may have changed; quick and thread-safe
     * @return ends the watch when closed
     */
    default Subscription watch(Set<String> names, Runnable changed) {
        return Subscription.none();
    }

    /**
     * Forgets what is cached, so that the next {@link #find} asks the backend; by default nothing is cached.
     *
     * <p>{@link RefreshingSecrets#refresh()} calls it. It must be quick and must not contact the backend.
     */
    default void expire() {}

    /**
     * Releases connections and threads; by default there is nothing to release.
     *
     * <p>{@link SecretsResolver#close()} calls it. Closing twice has no effect.
     */
    @Override
    default void close() {}

    /**
     * Creates a provider of fixed values.
     *
     * @param name the provider's name
     * @param values secret names and their values; copied
     * @return an immutable, thread-safe provider
     */
    static SecretProvider of(String name, Map<String, String> values) {
        return new FixedSecretProvider(Objects.requireNonNull(name, "name"), values);
    }

    /**
     * Creates a provider that is asked for one name at a time.
     *
     * @param name the provider's name
     * @param lookup answers for one name; must be thread-safe. An exception means that this one name failed
     * @return a provider as thread-safe as {@code lookup}
     */
    static SecretProvider of(String name, Function<String, Lookup> lookup) {
        return new FunctionSecretProvider(
                Objects.requireNonNull(name, "name"), Objects.requireNonNull(lookup, "lookup"));
    }

    /**
     * Remembers a provider's found and absent answers for a time: one call for many names and threads.
     *
     * <p>An answer that expires sooner is used for two thirds of its life. After a failure the provider is left alone
     * for a second, or for the time to live if that is less.
     *
     * @param provider the provider to ask at most once a time to live for the same names
     * @param timeToLive how long an answer is used
     * @return a thread-safe provider with the same name
     * @throws IllegalArgumentException if the time is negative
     */
    static SecretProvider cached(SecretProvider provider, Duration timeToLive) {
        return cached(provider, timeToLive, Duration.ZERO);
    }

    /**
     * Remembers a provider's answers for a time, and for some time longer while the provider fails.
     *
     * <p>Where the provider fails, answers no older than both times together are used, and one WARN is given for a
     * streak of failures. A denied secret is never covered up like that.
     *
     * @param provider the provider to ask at most once a time to live for the same names
     * @param timeToLive how long an answer is used
     * @param staleOnError how much longer it is used while the provider fails
     * @return a thread-safe provider with the same name
     * @throws IllegalArgumentException if a time is negative
     */
    static SecretProvider cached(SecretProvider provider, Duration timeToLive, Duration staleOnError) {
        return new CachedSecretProvider(provider, timeToLive, staleOnError, System::nanoTime);
    }

    /**
     * Makes a provider optional: where it fails, its secrets count as absent, and a WARN says so.
     *
     * <p>Use it for a source that is expected to be broken at times, such as a developer's machine without access to
     * the remote store; a stale value further down the chain may then win. A denied secret stays denied, and an
     * interrupted find stays failed.
     *
     * @param provider the provider whose failures are to be tolerated
     * @return a provider with the same name that does not fail
     */
    static SecretProvider optional(SecretProvider provider) {
        return new OptionalSecretProvider(provider, false);
    }

    /**
     * Makes a provider optional even where it denies: failed and denied secrets count as absent, and a WARN says so.
     *
     * @param provider the provider whose failures and denials are to be tolerated
     * @return a provider with the same name that neither fails nor denies
     * @see #optional(SecretProvider)
     */
    static SecretProvider optionalEvenIfDenied(SecretProvider provider) {
        return new OptionalSecretProvider(provider, true);
    }

    /**
     * Asks a provider for some secrets under other names.
     *
     * @param provider the provider to ask
     * @param nameToBackendName the name to ask for in place of a declared one; other names are asked for as they are
     * @return a thread-safe provider with the same name
     */
    static SecretProvider renaming(SecretProvider provider, Map<String, String> nameToBackendName) {
        Map<String, String> copy = Map.copyOf(nameToBackendName);
        return renaming(provider, name -> copy.getOrDefault(name, name));
    }

    /**
     * Asks a provider for each secret under another name.
     *
     * @param provider the provider to ask
     * @param backendName gives the name to ask for in place of a declared one; must be thread-safe
     * @return a thread-safe provider with the same name
     */
    static SecretProvider renaming(SecretProvider provider, UnaryOperator<String> backendName) {
        return new RenamingSecretProvider(provider, Objects.requireNonNull(backendName, "backendName"));
    }

    /**
     * Asks a provider for some names only; the others are absent without asking it.
     *
     * @param provider the provider to ask
     * @param names the secrets it may be asked for
     * @return a thread-safe provider with the same name
     */
    static SecretProvider only(SecretProvider provider, Set<String> names) {
        return new SelectiveSecretProvider(provider, new LinkedHashSet<>(names));
    }

    /**
     * Gives a provider another name in reports and messages, for a chain with two of a kind.
     *
     * @param provider the provider to ask
     * @param name the name to show
     * @return a thread-safe provider
     */
    static SecretProvider named(SecretProvider provider, String name) {
        return new NamedSecretProvider(provider, Objects.requireNonNull(name, "name"));
    }
}
