package dev.modelsecrets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.Subscription;
import dev.modelsecrets.remote.testing.ForgetfulRelay;
import dev.modelsecrets.remote.testing.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What happens in the long life of a program: idle connections are forgotten, servers restart, providers are closed.
 */
@Isolated("it looks at all threads of the JVM")
class LongLifeTest {

    /** One for all, so that there is one certificate. */
    @TempDir
    private static Path directory;

    private ApiServer server;
    private ForgetfulRelay relay;

    @BeforeAll
    static void makeCertificate() throws Exception {
        TestCertificate.context(directory);
    }

    @BeforeEach
    void start() throws Exception {
        server = ApiServer.https(TestCertificate.context(directory));
        relay = new ForgetfulRelay(server.address());
        for (String name : names()) {
            put(name, "test-value");
        }
    }

    @AfterEach
    void stop() throws Exception {
        relay.close();
        server.close();
    }

    private static Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < 20; i++) {
            names.add("name-" + i);
        }
        return names;
    }

    private void put(String secret, String value) {
        server.put(
                "models",
                secret,
                JsonObject.EMPTY.with(
                        "data",
                        Map.of("value", Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)))));
    }

    private KubernetesSecretProvider.Builder builder() throws Exception {
        return KubernetesSecretProvider.builder()
                .machine(Pod.in(directory, relay.address("https")).machine());
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 6_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    private static Set<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient-")
                        || thread.getName().startsWith("model-secrets-"))
                .collect(Collectors.toSet());
    }

    @Test
    void find_allConnectionsForgotten_isAnsweredByNewOnes() throws Exception {
        try (KubernetesSecretProvider provider =
                builder().deadline(Duration.ofSeconds(9)).build()) {
            assertThat(provider.find(names()).values()).allMatch(Lookup::isFound);
            relay.forget();

            assertThat(provider.find(names()).values()).allMatch(Lookup::isFound);
        }
    }

    @Test
    void close_manyProviders_leavesNeitherSocketsNorThreads() throws Exception {
        Set<Thread> before = clientThreads();
        for (int i = 0; i < 15; i++) {
            try (KubernetesSecretProvider provider = builder().build()) {
                provider.find(names());
                Subscription watch = provider.watch(names(), () -> {});
                assertThat(watch).isNotNull();
            }
        }

        await("no sockets are left", () -> relay.openConnections() == 0);
        await("no threads are left", () -> before.containsAll(clientThreads()));
    }

    @Test
    void close_amidAWatchAndAFind_leavesNeitherSocketsNorThreads() throws Exception {
        Set<Thread> before = clientThreads();
        Semaphore changes = new Semaphore(0);
        KubernetesSecretProvider provider = builder().build();
        provider.watch(Set.of("name-1"), changes::release);
        assertThat(changes.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
        relay.forget();
        Thread asking = new Thread(() -> provider.find(names()));
        asking.setUncaughtExceptionHandler((thread, failure) -> {});
        asking.start();
        await("the find is under way", () -> relay.connections() > 1 || !asking.isAlive());

        provider.close();

        asking.join();
        await("no sockets are left", () -> relay.openConnections() == 0);
        await("no threads are left", () -> before.containsAll(clientThreads()));
    }

    /** A server that has just started answers 403 until it has read its roles. */
    @Test
    void watch_serverRestarts_seesWhatChangedMeanwhile() throws Exception {
        Semaphore changes = new Semaphore(0);
        try (KubernetesSecretProvider provider = builder().build()) {
            provider.watch(Set.of("name-1"), changes::release);
            assertThat(changes.tryAcquire(1, TimeUnit.MINUTES)).isTrue();

            server.stop();
            put("name-1", "test-value-two");
            int before = server.requests().size();
            server.forbidWhile(() -> server.requests().size() < before + 4);
            server.startAgain();

            changes.drainPermits();
            assertThat(changes.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
            assertThat(provider.find(Set.of("name-1")).get("name-1").value()).isEqualTo("test-value-two");
        }
    }
}
