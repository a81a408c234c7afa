package dev.modelsecrets.kubernetes;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Subscription;
import dev.modelsecrets.remote.internal.Layout;
import dev.modelsecrets.remote.internal.RemoteSecrets;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads Secrets of one Kubernetes namespace through its API, and is told when they change.
 *
 * <p>By default the name {@code hf_access_token} is the key {@code value} of the Secret {@code hf-access-token}: lower
 * case, with {@code -} for {@code _}. {@link Builder#keysOf} reads Secrets whose keys are the names instead. Each Secret
 * is asked for by its name, so that a Role needs the verbs {@code get} and, for {@link #watch}, {@code watch} on these
 * {@code resourceNames}, and never {@code list}. Kubernetes keeps no old versions, so none can be pinned.
 *
 * <p>Thread-safe; contacts nobody before the first {@link #find} or {@link #watch}.
 */
public final class KubernetesSecretProvider implements SecretProvider, AutoCloseable {

    private static final String NAME = "kubernetes";

    private final Connection connection;
    private final Layout layout;
    private final RemoteSecrets secrets;
    private final Set<SecretWatch> watches = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private KubernetesSecretProvider(Builder builder) {
        this.layout = builder.layout.build();
        this.connection = Connection.of(builder.client, builder.kubeconfig, builder.deadline, builder.namespace);
        this.secrets = new RemoteSecrets(NAME, layout, new KubernetesService(connection), builder.deadline);
    }

    /**
     * Creates a provider with the usual configuration: the current kubeconfig, or else the pod's service account.
     *
     * @return a provider with one Secret for each name
     */
    public static KubernetesSecretProvider create() {
        return builder().build();
    }

    /**
     * Starts a provider.
     *
     * @return a builder; not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns {@code kubernetes}. */
    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        return secrets.find(names);
    }

    @Override
    public Optional<String> remedy(String name) {
        String namespace = connection.namespace();
        String in = namespace == null ? "" : " -n " + namespace;
        String secret = layout.remoteName(name);
        if (!KubernetesNames.isValid(secret)) {
            return Optional.empty();
        }
        return Optional.of(
                layout.documents().isEmpty()
                        ? "kubectl create secret generic " + secret + in + " --from-literal=" + layout.keyFor(name)
                                + "=..."
                        : "kubectl patch secret " + secret + in + " -p '{\"stringData\":{\"" + name + "\":\"...\"}}'");
    }

    /**
     * Watches the Secrets of some names; whatever befalls a watch, it is taken up again until it is closed.
     *
     * <p>It needs the verb {@code watch} on each Secret. Where that is not granted, or the server cannot be reached, one
     * WARN says so for a streak of failures, and changes show at the next look. After a break {@code changed} is run
     * once more, because something may have been missed; so it is soon after the start.
     */
    @Override
    public Subscription watch(Set<String> names, Runnable changed) {
        List<String> documents = layout.documents();
        Set<String> watched = documents.isEmpty() ? remoteNames(names) : Set.copyOf(documents);
        if (closed || watched.isEmpty()) {
            return Subscription.none();
        }
        SecretWatch watch = new SecretWatch(connection, watched, changed);
        watches.add(watch);
        watch.start();
        if (closed) {
            watch.close();
        }
        return () -> {
            watches.remove(watch);
            watch.close();
        };
    }

    /** Returns the Secrets that there can be; why there can be no other is for the find to say. */
    private Set<String> remoteNames(Set<String> names) {
        Set<String> remotes = new LinkedHashSet<>();
        for (String name : names) {
            try {
                remotes.add(layout.remoteName(name));
            } catch (RuntimeException e) {
                // The mapping does not know this name.
            }
        }
        remotes.removeIf(remote -> !KubernetesNames.isValid(remote));
        return remotes;
    }

    /** Ends the watches, and the connection unless the client was given. Idempotent. */
    @Override
    public void close() {
        closed = true;
        watches.forEach(SecretWatch::close);
        watches.clear();
        secrets.close();
    }

    /** Returns the server and the layout, no value. */
    @Override
    public String toString() {
        return "KubernetesSecretProvider[" + secrets + "]";
    }

    /** Collects the options of a provider; not thread-safe. */
    public static final class Builder {

        private final Layout.Builder layout = Layout.builder(KubernetesNames::map, "value");
        private @Nullable KubernetesClient client;
        private @Nullable Path kubeconfig;
        private @Nullable String namespace;
        private Duration deadline = RemoteSecrets.DEFAULT_DEADLINE;

        private Builder() {}

        /**
         * Uses a client of yours, which stays open; by default one is made at the first find, and closed with the
         * provider.
         *
         * @param client the client
         * @return this builder
         */
        public Builder client(KubernetesClient client) {
            this.client = Objects.requireNonNull(client, "client");
            return this;
        }

        /**
         * Takes address and login from the current context of a file; by default from the files that {@code KUBECONFIG}
         * names, {@code ~/.kube/config}, or else the service account of the pod.
         *
         * @param kubeconfig the file
         * @return this builder
         */
        public Builder kubeconfig(Path kubeconfig) {
            this.kubeconfig = Objects.requireNonNull(kubeconfig, "kubeconfig");
            return this;
        }

        /**
         * Sets the namespace; by default that of the client or context, which in a pod is the pod's own.
         *
         * @param namespace the namespace
         * @return this builder
         * @throws IllegalArgumentException if no namespace can have that name
         */
        public Builder namespace(String namespace) {
            this.namespace = KubernetesNames.checkNamespace(namespace);
            return this;
        }

        /**
         * Chooses one Secret for each name, with a prefix in front of the name in lower case with {@code -} for {@code
         * _}.
         *
         * @param prefix goes in front of every name
         * @return this builder
         */
        public Builder secretPerName(String prefix) {
            layout.secretPerName(prefix);
            return this;
        }

        /**
         * Chooses one Secret for each name.
         *
         * @param mapping from a declared name to the whole name of a Secret
         * @return this builder
         */
        public Builder secretPerName(UnaryOperator<String> mapping) {
            layout.secretPerName(mapping);
            return this;
        }

        /**
         * Names the key that has the value in a Secret for one name; {@code value} by default.
         *
         * @param key the key
         * @return this builder
         */
        public Builder key(String key) {
            layout.key(key);
            return this;
        }

        /**
         * Chooses Secrets whose keys are the names; the first that has a key wins.
         *
         * @param secrets names of Secrets; those of an earlier call stay in front
         * @return this builder
         * @throws IllegalArgumentException if no Secret can have one of the names
         */
        public Builder keysOf(String... secrets) {
            for (String secret : secrets) {
                if (!KubernetesNames.isValid(secret)) {
                    throw new IllegalArgumentException("no Secret can have the name " + secret);
                }
            }
            layout.keysOf(secrets);
            return this;
        }

        /**
         * Tells the names that will be asked for, so that {@link #build()} can refuse two that map to one.
         *
         * @param declarations the names
         * @return this builder
         */
        public Builder declarations(SecretDeclarations declarations) {
            layout.declarations(declarations);
            return this;
        }

        /**
         * Sets how long one find may take, login and retries included; 10 s by default.
         *
         * @param deadline between a millisecond and a day
         * @return this builder
         */
        public Builder deadline(Duration deadline) {
            this.deadline = Objects.requireNonNull(deadline, "deadline");
            return this;
        }

        /**
         * Builds the provider, without contacting anybody.
         *
         * @return a thread-safe provider
         * @throws IllegalStateException if both layouts are chosen, or both a client and a kubeconfig
         * @throws IllegalArgumentException if two of the declared names map to one Secret, or the deadline is out of
         *     range
         */
        public KubernetesSecretProvider build() {
            return new KubernetesSecretProvider(this);
        }
    }
}
