package dev.modelsecrets.kubernetes;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.remote.testing.RemoteBenchmark;
import dev.modelsecrets.remote.testing.TestCertificate;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * {@link RemoteBenchmark} for Kubernetes, beside fabric8's client: in a pod, or with {@code
 * -Dbenchmark.kubeconfig=true} for the first find by a kubeconfig.
 */
final class KubernetesBenchmark extends RemoteBenchmark {

    private KubernetesBenchmark() {}

    public static void main(String... arguments) throws Exception {
        new KubernetesBenchmark().run(arguments);
    }

    @Override
    protected String serve(Path directory, Set<String> secrets, long latency) throws Exception {
        ApiServer server = ApiServer.https(TestCertificate.context(directory));
        secrets.forEach(secret -> server.put("models", secret, secret(secret)));
        server.delay(latency);
        return server.address().toString();
    }

    private static JsonObject secret(String name) {
        String value = "test-value-of-" + name;
        return JsonObject.EMPTY
                .with("type", "Opaque")
                .with("metadata", Map.of("name", name, "namespace", "models"))
                .with(
                        "data",
                        Map.of("value", Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    protected SecretProvider provider(String address, Path directory) throws Exception {
        URI server = URI.create(address);
        return Boolean.getBoolean("benchmark.kubeconfig")
                ? KubernetesSecretProvider.builder()
                        .kubeconfig(Kubeconfig.trusting(directory, server, "models"))
                        .build()
                : KubernetesSecretProvider.builder()
                        .machine(Pod.in(directory, server).machine())
                        .build();
    }

    @Override
    protected Plain plain(String address, Path directory) throws Exception {
        Path kubeconfig = Kubeconfig.trusting(directory, URI.create(address), "models");
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
        return secret -> {
            Map<String, String> data = client.secrets()
                    .inNamespace("models")
                    .withName(secret)
                    .get()
                    .getData();
            return new String(Base64.getDecoder().decode(data.get("value")), StandardCharsets.UTF_8);
        };
    }
}
