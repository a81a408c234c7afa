package dev.modelsecrets.kubernetes;

import dev.modelsecrets.Subscription;
import dev.modelsecrets.remote.RemoteSecretProvider;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads Secrets of one Kubernetes namespace through its API, and is told when they change.
 *
 * <p>By default the name {@code hf_access_token} is the key {@code value} of the Secret {@code hf-access-token}: lower
 * case, with {@code -} for {@code _}. {@link Builder#keysOf} reads Secrets whose keys are the names instead. Each
 * Secret is asked for by its name, so that a Role needs the verbs {@code get} and, for {@link #watch}, {@code watch} on
 * these {@code resourceNames}, and never {@code list}. Kubernetes keeps no old versions, so none can be pinned.
 *
 * <pre>{@code
 * try (KubernetesSecretProvider kubernetes = KubernetesSecretProvider.builder()
 *         .keysOf("llm-secrets", "shared-secrets")
 *         .build()) {
 *     Secrets secrets = SecretsResolver.of(kubernetes).resolve("hf_access_token");
 * }
 * }</pre>
 *
 * <p>Thread-safe; contacts nobody before the first {@link #find} or {@link #watch}.
 */
public final class KubernetesSecretProvider extends RemoteSecretProvider {

    private final KubernetesConnection connection;
    private final Set<SecretWatch> watches = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private KubernetesSecretProvider(Builder builder, KubernetesConnection connection) {
        super("kubernetes", builder, new KubernetesService(connection));
        this.connection = connection;
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

    /**
     * Watches the Secrets of some names. A watch that breaks is started again, until it is closed.
     *
     * <p>It needs the verb {@code watch} on each Secret. Where that is not granted, or the server cannot be reached, a
     * WARN says so for each cause, and changes show at the next look. After a break {@code changed} is run
     * once more, because a change may have been missed; the same happens soon after the start.
     */
    @Override
    public Subscription watch(Set<String> names, Runnable changed) {
        Set<String> watched = remoteNames(names);
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

    /** Ends the watches and all connections; a client that was given stays open. Idempotent. */
    @Override
    public void close() {
        closed = true;
        watches.forEach(SecretWatch::close);
        watches.clear();
        super.close();
    }

    /** Collects the options of a provider; not thread-safe. */
    public static final class Builder extends RemoteSecretProvider.Builder<Builder> {

        private @Nullable KubernetesClient client;
        private @Nullable Path kubeconfig;
        private @Nullable String namespace;
        private Machine machine = Machine.current();

        private Builder() {
            super(KubernetesNames::map, "value");
        }

        /**
         * Takes address, certificates and login of a client of yours; the requests go over connections of this
         * provider, and the client stays open. It needs {@code io.fabric8:kubernetes-client-api}.
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
         * names, {@code ~/.kube/config}, or else the service account of the pod. A kubeconfig needs {@code
         * io.fabric8:kubernetes-client-api}; no other server is asked if it cannot be used.
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

        /** Looks for the cluster on another machine than this one, for tests. */
        Builder machine(Machine machine) {
            this.machine = machine;
            return this;
        }

        /**
         * Builds the provider, without contacting anybody.
         *
         * @return a thread-safe provider
         * @throws IllegalStateException if both layouts are chosen, or both a client and a kubeconfig
         * @throws IllegalArgumentException if two of the declared names map to one Secret, or no Secret can have a name
         *     that was given
         */
        public KubernetesSecretProvider build() {
            return new KubernetesSecretProvider(
                    this, KubernetesConnection.of(client, kubeconfig, namespace, machine, deadline()));
        }
    }
}
