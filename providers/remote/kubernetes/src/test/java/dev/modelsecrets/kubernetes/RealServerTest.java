package dev.modelsecrets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.testing.FailOnSecretLeak;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What the contract does not ask, on a real server: rights, and the watch with no more of them than needed. */
@FailOnSecretLeak
@SuppressWarnings("try") // a watch is closed, and not used otherwise
@EnabledIfSystemProperty(named = "it.kubernetes", matches = ".+")
class RealServerTest {

    @TempDir
    private Path directory;

    private final Semaphore changes = new Semaphore(0);
    private RealBackend backend;
    private KubernetesSecretProvider provider;

    @BeforeEach
    void start() throws Exception {
        backend = new RealBackend(directory);
        provider = KubernetesSecretProvider.builder()
                .kubeconfig(backend.kubeconfig())
                .build();
    }

    @AfterEach
    void stop() {
        provider.close();
        backend.close();
    }

    private void put(String secret, String value) throws Exception {
        backend.put(secret, Map.of("value", value.getBytes(StandardCharsets.UTF_8)));
    }

    private void assertChange() throws InterruptedException {
        assertThat(changes.tryAcquire(2, TimeUnit.MINUTES)).as("a change").isTrue();
    }

    @Test
    void watch_rightsOnTheNamedSecretsOnly_isToldOfThemAndNoOthers() throws Exception {
        backend.grant(Set.of("api-key", "later"));
        put("api-key", "test-value-one");

        try (LogLines log = new LogLines(backend.namespace());
                AutoCloseable watch = provider.watch(Set.of("api_key", "later"), changes::release)) {
            assertChange();
            put("other", "test-value-two");
            put("later", "test-value-three");
            assertChange();
            backend.delete("api-key");
            assertChange();
            assertThat(changes.tryAcquire(500, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void watch_withoutWebSockets_isToldToo() throws Exception {
        backend.grant(Set.of("api-key"));
        Config config = Config.fromKubeconfig(backend.kubeconfig().toFile());
        config.setOnlyHttpWatches(true);

        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(config).build();
                KubernetesSecretProvider lines =
                        KubernetesSecretProvider.builder().client(client).build();
                AutoCloseable watch = lines.watch(Set.of("api_key"), changes::release)) {
            put("api-key", "test-value-one");
            assertChange();
            backend.delete("api-key");
            assertChange();
        }
    }

    @Test
    void watch_rightToGetOnly_isOneWarningAndReadsGoOn() throws Exception {
        backend.grantWithoutWatch(Set.of("api-key"));
        put("api-key", "test-value-one");

        try (LogLines log = new LogLines(backend.namespace());
                AutoCloseable watch = provider.watch(Set.of("api_key"), changes::release)) {
            assertThat(log.first()).contains("grant the verb watch on the resource secrets, resourceNames api-key");
            assertThat(provider.find(Set.of("api_key")).get("api_key").value()).isEqualTo("test-value-one");
        }
    }

    @Test
    void find_secretThatTheRoleDoesNotName_isDenied() throws Exception {
        backend.grant(Set.of("api-key"));
        put("other", "test-value-one");

        Lookup answer = provider.find(Set.of("other")).get("other");

        assertThat(answer.isDenied()).isTrue();
        assertThat(answer.problem())
                .endsWith(" refuses to read Secret " + backend.namespace()
                        + "/other: let a Role of this account grant the"
                        + " verb get on the resource secrets, resourceNames other");
    }
}
