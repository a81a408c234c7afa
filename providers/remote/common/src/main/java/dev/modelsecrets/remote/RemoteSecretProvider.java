package dev.modelsecrets.remote;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A base for the provider of a remote store: layouts, one deadline, batches, retries, a pool, remedies, pinned
 * versions.
 *
 * <p>The providers of this library are built on it; a team builds one for its own store by writing a {@link
 * RemoteService}. A name is looked for in a remote secret of its own, or among the keys of a few. Each name gets its
 * own answer: one that is refused or cannot be read leaves the others alone. Thread-safe; nobody is contacted before
 * the first {@link #find}.
 *
 * <pre>{@code
 * public final class TeamSecretProvider extends RemoteSecretProvider {
 *
 *     private TeamSecretProvider(Builder options) {
 *         super("team store", options, new TeamService(options.address));
 *     }
 *
 *     public static final class Builder extends RemoteSecretProvider.Builder<Builder> {
 *         private final URI address;
 *
 *         public Builder(URI address) {
 *             super(name -> name.toLowerCase(Locale.ROOT), null);
 *             this.address = address;
 *         }
 *
 *         public TeamSecretProvider build() {
 *             return new TeamSecretProvider(this);
 *         }
 *     }
 * }
 * }</pre>
 */
public abstract class RemoteSecretProvider implements SecretProvider {

    private final String name;
    private final Layout layout;
    private final Duration limit;
    private final RemoteService service;
    private final ExecutorService pool;
    private volatile boolean connected;
    private volatile boolean closed;

    /**
     * Creates a provider.
     *
     * @param name the provider's name in reports and messages
     * @param options how the store is to be read
     * @param service speaks to the store; it is closed with the provider
     * @throws IllegalStateException if both layouts are chosen
     * @throws IllegalArgumentException if two of the declared names map to one remote secret, or the store can have no
     *     secret of a name that was given
     */
    protected RemoteSecretProvider(String name, Builder<?> options, RemoteService service) {
        this.name = Objects.requireNonNull(name, "name");
        this.layout = options.layout.build();
        this.limit = options.deadline;
        this.service = Objects.requireNonNull(service, "service");
        layout.documents()
                .forEach(secret -> service.nameProblem(secret).ifPresent(problem -> {
                    throw new IllegalArgumentException(problem);
                }));
        this.pool = WorkerPool.of(name, service);
    }

    @Override
    public final String name() {
        return name;
    }

    /**
     * Reads the secrets of some names, by one deadline.
     *
     * @throws SecretProviderException if the provider is closed, or the thread is interrupted
     */
    @Override
    public final Map<String, Lookup> find(Set<String> names) {
        names.forEach(SecretDeclarations::checkName);
        if (names.isEmpty()) {
            return Map.of();
        }
        requireOpen();
        try {
            Optional<Answer> noClient = connected ? Optional.empty() : connect();
            Map<String, Lookup> lookups = noClient.isPresent()
                    ? all(names, Values.lookup(noClient.get(), service.description()))
                    : new Lookups(layout, service, new Reads(service, pool, Deadline.in(limit))).find(names);
            requireOpen();
            return lookups;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretProviderException(
                    name, "the thread was interrupted while it waited for " + service.description());
        } catch (RejectedExecutionException e) {
            throw closed();
        }
    }

    /** Makes the client, once; that may take longer than a find, in a container with half a CPU. */
    private Optional<Answer> connect() throws InterruptedException {
        Duration patience = limit.multipliedBy(3);
        Future<Optional<Answer>> making = pool.submit(service::connect);
        try {
            Optional<Answer> noClient = making.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            connected = noClient.isEmpty();
            return noClient;
        } catch (TimeoutException e) {
            making.cancel(true);
            return Optional.of(Answer.unavailable(
                    service.description() + " was not asked: its client was not made within " + Deadline.in(patience)));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            return Optional.of(Reads.clientFailed(service, e.getCause()));
        }
    }

    private static Map<String, Lookup> all(Set<String> names, Lookup same) {
        Map<String, Lookup> lookups = new HashMap<>();
        names.forEach(name -> lookups.put(name, same));
        return lookups;
    }

    private void requireOpen() {
        if (closed) {
            throw closed();
        }
    }

    private SecretProviderException closed() {
        return new SecretProviderException(name, "the provider is closed");
    }

    @Override
    public final Optional<String> remedy(String name) {
        String remote = layout.remoteName(name);
        if (service.nameProblem(remote).isPresent()) {
            return Optional.empty();
        }
        return layout.documents().isEmpty()
                ? service.remedy(remote, layout.key())
                : service.remedyInDocument(remote, name);
    }

    /**
     * Returns the remote secrets that some names are read from, for a provider that watches them.
     *
     * @param names declared names
     * @return remote names that the store can have
     */
    protected final Set<String> remoteNames(Set<String> names) {
        Set<String> remotes = new LinkedHashSet<>(layout.documents());
        if (remotes.isEmpty()) {
            Set<String> problems = layout.problems(names).keySet();
            names.stream()
                    .filter(each -> !problems.contains(each))
                    .map(layout::remoteName)
                    .forEach(remotes::add);
        }
        remotes.removeIf(remote -> service.nameProblem(remote).isPresent());
        return remotes;
    }

    @Override
    public void expire() {
        service.expire();
    }

    /** Closes what was made here; a client that was given stays open. Idempotent. */
    @Override
    public void close() {
        closed = true;
        pool.shutdownNow();
        service.close();
    }

    /** Returns the store and the layout, no value. */
    @Override
    public final String toString() {
        return service.description() + ", " + layout;
    }

    /**
     * The options that every remote provider has. Not thread-safe.
     *
     * @param <B> the builder itself
     */
    public abstract static class Builder<B extends Builder<B>> {

        private static final Duration SHORTEST = Duration.ofMillis(1);
        private static final Duration LONGEST = Duration.ofDays(1);

        private final Layout.Builder layout;
        private final Map<String, String> pins = new HashMap<>();
        private Duration deadline = Duration.ofSeconds(10);

        /**
         * Creates a builder.
         *
         * @param mapping turns a declared name into one that the store is likely to have
         * @param key the key that has the value in a secret for one name; null where the whole secret is the value
         */
        protected Builder(UnaryOperator<String> mapping, @Nullable String key) {
            this.layout = new Layout.Builder(mapping, key);
        }

        @SuppressWarnings("unchecked") // B is the class that extends this
        private B self() {
            return (B) this;
        }

        /**
         * Reads a remote secret for each name, with a prefix in front of the mapped name; without one, the default.
         *
         * @param prefix goes in front of every name, such as {@code models-}
         * @return this builder
         */
        public B secretPerName(String prefix) {
            layout.secretPerName(prefix);
            return self();
        }

        /**
         * Reads a remote secret for each name.
         *
         * @param mapping from a declared name to the whole remote name; thread-safe
         * @return this builder
         */
        public B secretPerName(UnaryOperator<String> mapping) {
            layout.secretPerName(mapping);
            return self();
        }

        /**
         * Names the key that has the value in a secret for one name.
         *
         * @param key a key of the secret, or of the JSON object that it is
         * @return this builder
         */
        public B key(String key) {
            layout.key(key);
            return self();
        }

        /**
         * Reads remote secrets whose keys are the names; JSON in them is read by the rules of {@code AUTH_SECRET}.
         *
         * @param secrets remote names; the first secret that has a key wins
         * @return this builder
         */
        public B keysOf(String... secrets) {
            layout.keysOf(secrets);
            return self();
        }

        /**
         * Tells the names that will be asked for, so that {@code build()} refuses two that map to one remote secret.
         *
         * @param declarations the names
         * @return this builder
         */
        public B declarations(SecretDeclarations declarations) {
            layout.declarations(declarations);
            return self();
        }

        /**
         * Limits how long one find may take, login and retries included; 10 seconds by default.
         *
         * <p>An attempt gets a third of it at most. The client is made before the clock starts.
         *
         * @param deadline between a millisecond and a day
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public B deadline(Duration deadline) {
            if (deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("the deadline must be between a millisecond and a day");
            }
            this.deadline = deadline;
            return self();
        }

        /** Says that the store takes remote names that differ in case only for the same. */
        protected final void ignoreCase() {
            layout.ignoreCase();
        }

        /**
         * Returns how long one find may take.
         *
         * @return the deadline
         */
        protected final Duration deadline() {
            return deadline;
        }

        /**
         * Pins a remote secret to a version; the last pin of a secret counts.
         *
         * @param secret the whole remote name
         * @param version the version, as the store writes it
         */
        protected final void pin(String secret, String version) {
            pins.put(Objects.requireNonNull(secret, "secret"), Objects.requireNonNull(version, "version"));
        }

        /**
         * Returns the pinned versions.
         *
         * @return the version of each pinned remote secret; a copy
         */
        protected final Map<String, String> pins() {
            return Map.copyOf(pins);
        }
    }
}
