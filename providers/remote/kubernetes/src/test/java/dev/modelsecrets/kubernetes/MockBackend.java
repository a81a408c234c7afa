package dev.modelsecrets.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** A namespace of an {@link ApiServer}, with a server of its own; single answers can be laid down instead. */
final class MockBackend implements Backend {

    private static final String NAMESPACE = "models";

    private final Path directory;
    private final ApiServer server;
    private final KubernetesClient client;

    MockBackend(Path directory) throws IOException {
        this.directory = directory;
        this.server = ApiServer.http();
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig().toFile()))
                .build();
    }

    ApiServer server() {
        return server;
    }

    /** Returns somebody else's client, which must stay open. */
    KubernetesClient client() {
        return client;
    }

    URI address() {
        return server.address();
    }

    @Override
    public Path kubeconfig() throws IOException {
        return Kubeconfig.insecure(directory, address(), NAMESPACE);
    }

    @Override
    public String namespace() {
        return NAMESPACE;
    }

    @Override
    public void replaceAll(Map<String, Map<String, String>> secrets) {
        server.clear(NAMESPACE);
        secrets.forEach((name, values) -> {
            Map<String, byte[]> bytes = new TreeMap<>();
            values.forEach((key, value) -> bytes.put(key, value.getBytes(StandardCharsets.UTF_8)));
            put(name, bytes);
        });
    }

    @Override
    public void put(String secret, Map<String, byte[]> values) {
        Map<String, String> data = new TreeMap<>();
        values.forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value)));
        server.put(
                NAMESPACE,
                secret,
                JsonObject.EMPTY
                        .with("type", "Opaque")
                        .with("metadata", Map.of("name", secret, "namespace", NAMESPACE))
                        .with("data", data));
    }

    @Override
    public void delete(String secret) {
        server.delete(NAMESPACE, secret);
    }

    @Override
    public void deny(String secret) {
        server.always(NAMESPACE, secret, 403);
    }

    @Override
    public void breakDown(Set<String> secrets) {
        secrets.forEach(secret -> server.always(NAMESPACE, secret, 200));
    }

    /** Lays down what the next such request for a Secret is answered. */
    void expect(String method, String secret, int status) {
        server.next(method, NAMESPACE, secret, status);
    }

    @Override
    public OptionalLong requests() {
        return OptionalLong.of(server.requests().size());
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
