package dev.modelsecrets.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A namespace of fabric8's mock server, which keeps what it is given; single answers can be laid down instead. */
final class MockBackend implements Backend {

    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    /** A server, over HTTPS. */
    private static final class Server {

        private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
        private final KubernetesMockServer server;
        private final KubernetesClient admin;

        Server(boolean watches) {
            Map<ServerRequest, Queue<ServerResponse>> responses = new ConcurrentHashMap<>();
            KubernetesMixedDispatcher dispatcher = new KubernetesMixedDispatcher(responses) {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    String namespace =
                            request.getPath().replaceFirst(".*/namespaces/", "").replaceFirst("/.*", "");
                    requests(namespace).incrementAndGet();
                    return !watches && request.getPath().contains("watch=true")
                            ? new MockResponse().setResponseCode(503)
                            : super.dispatch(request);
                }
            };
            server = new KubernetesMockServer(new Context(), new MockWebServer(), responses, dispatcher, true);
            server.init();
            admin = server.createClient();
        }

        AtomicInteger requests(String namespace) {
            return requests.computeIfAbsent(namespace, any -> new AtomicInteger());
        }
    }

    /** One for all tests that do not watch, as each takes its time to start. */
    private static final class Shared {

        static final Server SERVER = new Server(false);
    }

    private final Path directory;
    private final String namespace = "models-" + NAMESPACES.incrementAndGet();
    private final Server server;
    private final KubernetesClient admin;

    /** Opens a namespace of a server that has no watches. */
    MockBackend(Path directory) {
        this(directory, Shared.SERVER);
    }

    private MockBackend(Path directory, Server server) {
        this.directory = directory;
        this.server = server;
        this.admin = server.admin;
    }

    /**
     * Opens a namespace of a server that has watches.
     *
     * <p>When one of them ends, the server may answer nobody for up to a minute; so it is one of the test's own, and is
     * left behind.
     */
    static MockBackend withWatches(Path directory) {
        return new MockBackend(directory, new Server(true));
    }

    /** Returns somebody else's client, which must stay open. */
    KubernetesClient client() {
        return admin;
    }

    URI address() {
        return URI.create(server.server.url("/"));
    }

    @Override
    public Path kubeconfig() throws Exception {
        return Kubeconfig.insecure(directory, address(), namespace);
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public void replaceAll(Map<String, Map<String, String>> secrets) {
        for (Secret old : admin.secrets().inNamespace(namespace).list().getItems()) {
            if (!secrets.containsKey(old.getMetadata().getName())) {
                delete(old.getMetadata().getName());
            }
        }
        secrets.forEach((name, values) -> {
            Map<String, byte[]> bytes = new TreeMap<>();
            values.forEach((key, value) -> bytes.put(key, value.getBytes(StandardCharsets.UTF_8)));
            put(name, bytes);
        });
    }

    @Override
    public void put(String secret, Map<String, byte[]> values) {
        // Not stringData, which this server does not turn into data.
        Map<String, String> data = new TreeMap<>();
        values.forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value)));
        Secret object = new SecretBuilder()
                .withNewMetadata()
                .withName(secret)
                .withNamespace(namespace)
                .endMetadata()
                .withType("Opaque")
                .withData(data)
                .build();
        if (admin.secrets().inNamespace(namespace).withName(secret).get() == null) {
            admin.resource(object).create();
        } else {
            admin.resource(object).update();
        }
    }

    @Override
    public void delete(String secret) {
        admin.secrets().inNamespace(namespace).withName(secret).delete();
    }

    @Override
    public void deny(String secret) {
        answer(
                secret,
                403,
                new StatusBuilder().withCode(403).withReason("Forbidden").build());
    }

    @Override
    public void breakDown(Set<String> secrets) {
        secrets.forEach(secret -> answer(secret, 200, "{\"kind\": \"Secret\", \"data\": {\"value\""));
    }

    /** Lays down what every request for a Secret is answered. */
    void answer(String secret, int status, Object body) {
        server.server
                .expect()
                .get()
                .withPath(path(secret))
                .andReturn(status, body)
                .always();
    }

    /** Lays down what the next such request for a Secret is answered. */
    void expect(String method, String secret, int status) {
        var verbs = server.server.expect();
        (method.equals("PUT") ? verbs.put() : verbs.delete())
                .withPath(path(secret))
                .andReturn(status, new StatusBuilder().withCode(status).build())
                .once();
    }

    private String path(String secret) {
        return "/api/v1/namespaces/" + namespace + "/secrets/" + secret;
    }

    @Override
    public OptionalLong requests() {
        return OptionalLong.of(server.requests(namespace).get());
    }

    /** Empties the namespace, as the server looks through all that it keeps at each request. */
    @Override
    public void close() {
        if (server == Shared.SERVER) {
            replaceAll(Map.of());
        }
    }
}
