package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.LazyClient;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The API server to talk to: that of a given client, or one that is looked for at the first request. Thread-safe. */
final class Connection implements AutoCloseable {

    /** Says why there is no connection; the message is for people. */
    static final class Unusable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message, null, false, false);
        }
    }

    private final LazyClient<KubernetesApi> api;
    private volatile @Nullable String address;
    private volatile @Nullable String namespace;

    private Connection(LazyClient<KubernetesApi> api, @Nullable String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    /**
     * Takes a given client, or makes one later.
     *
     * @throws IllegalStateException if both a client and a kubeconfig are given
     */
    static Connection of(
            @Nullable KubernetesClient client, @Nullable Path kubeconfig, Duration limit, @Nullable String namespace) {
        if (client == null) {
            return new Connection(
                    LazyClient.made(() -> make(kubeconfig, limit, namespace), KubernetesApi::close), namespace);
        }
        if (kubeconfig != null) {
            throw new IllegalStateException("choose one: client(..) or kubeconfig(..)");
        }
        Connection connection = new Connection(LazyClient.given(KubernetesApi.of(client, namespace)), namespace);
        connection.get();
        return connection;
    }

    private static KubernetesApi make(@Nullable Path kubeconfig, Duration limit, @Nullable String namespace) {
        try {
            Config config =
                    kubeconfig == null ? Config.autoConfigure(null) : Config.fromKubeconfig(kubeconfig.toFile());
            return KubernetesApi.of(config, limit, namespace);
        } catch (RuntimeException e) {
            String from = kubeconfig == null ? "the default configuration" : kubeconfig.toString();
            throw new Unusable("Kubernetes cannot be asked: no client could be made from " + from + " ("
                    + e.getClass().getName() + "; its message is withheld, because it may quote a token)");
        }
    }

    /**
     * Returns the requests to the server.
     *
     * @throws Unusable if there is no usable configuration
     * @throws IllegalStateException if this is closed
     */
    KubernetesApi get() {
        KubernetesApi present = api.get();
        address = present.address();
        namespace = present.namespace();
        return present;
    }

    /** Returns the server in words, as far as it is known by now. */
    String description() {
        String known = address;
        return known == null ? "Kubernetes" : "Kubernetes at " + known;
    }

    /** Returns the namespace, if it is known by now. */
    @Nullable
    String namespace() {
        return namespace;
    }

    /** Returns a Secret in words. */
    String where(String secret) {
        String known = namespace;
        return "Secret " + (known == null ? "" : known + "/") + secret;
    }

    /** Ends the connection, if it was made here. Idempotent. */
    @Override
    public void close() {
        api.close();
    }
}
