package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.SecretStore;
import dev.modelsecrets.store.SecretStoreException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Manages secrets as Secret objects of a Kubernetes namespace: one object for each secret.
 *
 * <pre>{@code
 * KubernetesSecretStore store = KubernetesSecretStore.builder().namespace("models").build();
 * store.put(StoredSecret.builder("hf-token").value("value", token).build());
 * }</pre>
 *
 * <p>An object has the label {@code app.kubernetes.io/managed-by: model-secrets}, and the store sees those that have it
 * and no others. Its type is {@code Opaque}, or {@code kubernetes.io/dockerconfigjson} for a container registry. Exact
 * name, description, mount and attachments are annotations under {@code modelsecrets.dev/}. A secret whose name
 * Kubernetes cannot have, such as {@code HF_TOKEN}, is in an object of a like name that ends in a hash. The version of
 * a secret is the {@code resourceVersion} of its object, so changes by others count too, and attaching is one.
 *
 * <p>A change of one secret is atomic: it is refused by the server, and done again on the new state, if somebody else
 * came first. A change of several (attach, detach, restarted, a batch) is several requests: if one is refused, those
 * before are undone, and whoever reads meanwhile sees a part. If the program or the connection dies in between, a part
 * remains. Whether the secrets of a deployment fit together is looked at just before the writing, so two writers at the
 * same time can pass that check together.
 *
 * <p>The account needs the verbs {@code get}, {@code list}, {@code create}, {@code update} and {@code delete} on
 * Secrets of the namespace; as {@code list} shows them all, use a namespace for these secrets alone, and another
 * account than those that only read. Kubernetes allows 1 MiB for all values of a secret together. Thread-safe.
 */
public final class KubernetesSecretStore extends SecretStore implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final KubernetesConnection connection;
    private final Duration limit;

    private KubernetesSecretStore(Builder builder, KubernetesConnection connection) {
        super(connection.namespace().orElseThrow(), builder.baseDirectory, builder.clock);
        this.connection = connection;
        this.limit = builder.deadline;
    }

    /**
     * Starts a store.
     *
     * @return a builder; not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String location() {
        return "namespace " + namespace() + " in " + connection.description();
    }

    @Override
    protected <T> T read(Function<? super Transaction, ? extends T> work) {
        return work.apply(new Draft(new StoreDraft(new StoreRequests(connection, Deadline.in(limit)))));
    }

    /** Does it again, after a pause that grows, for as long as others come first and there is time. */
    @Override
    protected <T> T write(Function<? super Transaction, ? extends T> work) {
        Deadline deadline = Deadline.in(limit);
        StoreRequests requests = new StoreRequests(connection, deadline);
        for (int attempt = 0; ; attempt++) {
            try {
                return work.apply(new Draft(new StoreDraft(requests)));
            } catch (StoreDraft.Conflict e) {
                Duration pause = pause(attempt);
                if (pause.compareTo(deadline.remaining()) >= 0) {
                    throw new SecretStoreException(String.valueOf(e.getMessage()));
                }
                requests.pause(pause);
            }
        }
    }

    /** Returns a pause of random length, so that writers that met once do not meet again. */
    private static Duration pause(int attempt) {
        long longest = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(attempt, 10));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest + 1));
    }

    /** Ends all connections; a client that was given stays open. Idempotent. */
    @Override
    public void close() {
        connection.close();
    }

    /** What none but a store may see. */
    private static final class Draft extends Transaction {

        private final StoreDraft draft;

        Draft(StoreDraft draft) {
            this.draft = draft;
        }

        @Override
        protected SortedSet<String> names() {
            return draft.names();
        }

        @Override
        protected Optional<SecretMetadata> metadata(String name) {
            return draft.metadata(name);
        }

        @Override
        protected String value(String name, String key) {
            return draft.value(name, key);
        }

        @Override
        protected long nextVersion(String name) {
            // Given out by the server when it is written.
            return 0;
        }

        @Override
        protected void save(SecretMetadata secret, Map<String, String> values) {
            draft.save(secret, values);
        }

        @Override
        protected void remove(String name) {
            draft.remove(name);
        }

        @Override
        protected void commit() {
            draft.commit();
        }
    }

    /** Collects the options of a store; not thread-safe. */
    public static final class Builder {

        private @Nullable KubernetesClient client;
        private @Nullable Path kubeconfig;
        private @Nullable String namespace;
        private String baseDirectory = "/secrets";
        private Clock clock = Clock.systemUTC();
        private Duration deadline = Duration.ofSeconds(30);

        private Builder() {}

        /**
         * Takes address, certificates and login of a client of yours; the requests go over connections of this store,
         * and the client stays open. It needs {@code io.fabric8:kubernetes-client-api}.
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
         * Sets the directory that files of mounted secrets must stay under; {@code /secrets} by default.
         *
         * @param baseDirectory an absolute path, in the container and with {@code /} between its parts
         * @return this builder
         */
        public Builder baseDirectory(String baseDirectory) {
            this.baseDirectory = Objects.requireNonNull(baseDirectory, "baseDirectory");
            return this;
        }

        /**
         * Sets what tells the time of changes; the clock of the system by default.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets how long one operation may take; 30 s by default.
         *
         * @param deadline at least a millisecond
         * @return this builder
         */
        public Builder deadline(Duration deadline) {
            this.deadline = Objects.requireNonNull(deadline, "deadline");
            return this;
        }

        /**
         * Builds the store; the configuration is read now, the server is contacted later.
         *
         * @return a thread-safe store
         * @throws SecretStoreException if no client can be made
         * @throws IllegalStateException if both a client and a kubeconfig are chosen
         */
        public KubernetesSecretStore build() {
            KubernetesConnection connection =
                    KubernetesConnection.of(client, kubeconfig, namespace, Machine.current(), deadline);
            try {
                connection.get();
                return new KubernetesSecretStore(this, connection);
            } catch (UnusableConfigurationException e) {
                throw new SecretStoreException(e.getMessage());
            }
        }
    }
}
