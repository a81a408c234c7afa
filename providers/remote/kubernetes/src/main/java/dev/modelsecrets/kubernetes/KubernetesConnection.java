package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.remote.HttpReply;
import dev.modelsecrets.remote.SystemProxies;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The API server that the requests go to; it is looked for at the first one, and again when it does not accept the
 * login.
 *
 * <p>Thread-safe.
 */
final class KubernetesConnection implements AutoCloseable {

    /** How often at most the configuration is read again, as that may run a command of the user's. */
    private static final Duration RENEWAL = Duration.ofSeconds(5);

    private final Supplier<Cluster> source;
    private final @Nullable String chosenNamespace;
    private final Duration renewal;
    private volatile @Nullable ApiClient client;
    private long madeAt;
    private boolean closed;

    KubernetesConnection(Supplier<Cluster> source, @Nullable String chosenNamespace, Duration renewal) {
        this.source = source;
        this.chosenNamespace = chosenNamespace;
        this.renewal = renewal;
    }

    /**
     * Takes what a builder was told.
     *
     * @param limit for how long a command of the kubeconfig may run
     * @throws IllegalStateException if both a client and a kubeconfig are given
     */
    static KubernetesConnection of(
            @Nullable KubernetesClient client,
            @Nullable Path kubeconfig,
            @Nullable String namespace,
            Machine machine,
            Duration limit) {
        if (client == null) {
            return new KubernetesConnection(() -> Clusters.find(kubeconfig, machine, limit), namespace, RENEWAL);
        }
        if (kubeconfig != null) {
            throw new IllegalStateException("choose one: client(..) or kubeconfig(..)");
        }
        return new KubernetesConnection(
                () -> KubeconfigReader.of(client.getConfiguration(), machine), namespace, RENEWAL);
    }

    /**
     * Returns the client of the server, which is made at the first call.
     *
     * @throws UnusableConfigurationException if there is no usable configuration
     * @throws IllegalStateException if this is closed
     */
    synchronized ApiClient get() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        ApiClient present = client;
        if (present == null) {
            present = new ApiClient(source.get());
            client = present;
            madeAt = System.nanoTime();
        }
        return present;
    }

    /**
     * Sends one request; a second one by a login read anew, if the first was not accepted.
     *
     * @throws IOException if there is no answer
     * @throws UnusableConfigurationException if there is no usable configuration
     */
    HttpReply send(String method, String path, @Nullable String body, Deadline deadline)
            throws IOException, InterruptedException {
        ApiClient used = get();
        HttpReply reply = used.send(method, path, body, deadline);
        return reply.status() == HttpURLConnection.HTTP_UNAUTHORIZED && renew(used)
                ? get().send(method, path, body, deadline)
                : reply;
    }

    /** Gives up a client whose login was not accepted; false if it is too new for that to help. */
    synchronized boolean renew(ApiClient refused) {
        if (client == refused && System.nanoTime() - madeAt >= renewal.toNanos()) {
            client = null;
            refused.close();
        }
        return client != refused;
    }

    /** Returns the server in words, as far as it is known by now. */
    String description() {
        return address().map(known -> "Kubernetes at " + known).orElse("Kubernetes");
    }

    /** Returns the server's address, if it is known by now. */
    Optional<URI> address() {
        return Optional.ofNullable(client).map(known -> known.cluster().address());
    }

    /** Returns what chooses the proxy to the server, if that is known by now. */
    Optional<SystemProxies> proxies() {
        return Optional.ofNullable(client).map(known -> known.cluster().proxies());
    }

    /** Returns the namespace, if it is known by now. */
    Optional<String> namespace() {
        return Optional.ofNullable(chosenNamespace)
                .or(() ->
                        Optional.ofNullable(client).map(known -> known.cluster().namespace()));
    }

    /**
     * Returns the path of all Secrets of the namespace.
     *
     * @throws UnusableConfigurationException if there is no usable configuration
     */
    String secrets() {
        String namespace = chosenNamespace == null ? get().cluster().namespace() : chosenNamespace;
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }

    /** Returns the path of one Secret, whose name is a valid one. */
    String secret(String name) {
        return secrets() + "/" + name;
    }

    /** Returns a Secret in words. */
    String where(String secret) {
        return "Secret " + namespace().map(known -> known + "/").orElse("") + secret;
    }

    /** Ends all connections; a client that was given stays open. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        ApiClient present = client;
        if (present != null) {
            present.close();
        }
    }
}
