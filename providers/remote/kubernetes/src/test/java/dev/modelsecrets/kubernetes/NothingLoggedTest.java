package dev.modelsecrets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Subscription;
import dev.modelsecrets.remote.testing.TestCertificate;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** With every logger at its lowest level, nothing shows a token or a Secret, however the client was made. */
@Isolated("it changes the level of all loggers")
class NothingLoggedTest {

    private static final String SENTINEL = "test-sentinel-of-a-value";

    @TempDir
    private Path directory;

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();
    private final Handler handler = new Handler() {

        @Override
        public void publish(LogRecord line) {
            StringWriter text = new StringWriter().append(new SimpleFormatter().formatMessage(line));
            if (line.getThrown() != null) {
                line.getThrown().printStackTrace(new PrintWriter(text));
            }
            lines.add(line.getLoggerName() + ": " + text);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private ApiServer server;

    @BeforeEach
    void start() throws Exception {
        server = ApiServer.https(TestCertificate.context(directory));
        put("1");
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(Level.ALL);
    }

    @AfterEach
    void stop() {
        root.setLevel(before);
        root.removeHandler(handler);
        server.close();
    }

    private void put(String note) {
        server.put(
                "models",
                "api-key",
                JsonObject.EMPTY
                        .with("type", "Opaque")
                        .with("metadata", Map.of("name", "api-key", "note", note))
                        .with(
                                "data",
                                Map.of(
                                        "value",
                                        Base64.getEncoder()
                                                .encodeToString(SENTINEL.getBytes(StandardCharsets.UTF_8)))));
    }

    private void use(KubernetesSecretProvider.Builder builder) throws Exception {
        Semaphore changes = new Semaphore(0);
        try (KubernetesSecretProvider provider = builder.build()) {
            Subscription watch = provider.watch(Set.of("api_key"), changes::release);
            assertThat(provider.find(Set.of("api_key", "other")).get("api_key").value())
                    .isEqualTo(SENTINEL);
            assertThat(changes.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
            put("2");
            assertThat(changes.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
            server.always("models", "broken", 200);
            provider.find(Set.of("broken"));
            // A server that ends a watch is no fault, and no stack trace.
            server.stop();
            provider.find(Set.of("api_key"));
            put("3");
            server.startAgain();
            assertThat(changes.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
            watch.close();
        }
        assertThat(lines).isNotEmpty();
        assertThat(lines.stream().filter(NothingLoggedTest::isBad)).isEmpty();
    }

    private static boolean isBad(String line) {
        return line.contains(Kubeconfig.TOKEN)
                || line.contains(SENTINEL)
                || line.contains(Base64.getEncoder().encodeToString(SENTINEL.getBytes(StandardCharsets.UTF_8)))
                || (line.contains("\tat ") && line.matches("(?s)(dev\\.modelsecrets|io\\.fabric8).*"));
    }

    @Test
    void use_inAPod_showsNothing() throws Exception {
        use(KubernetesSecretProvider.builder()
                .machine(Pod.in(directory, server.address()).machine()));
    }

    @Test
    void use_kubeconfig_showsNothing() throws Exception {
        use(KubernetesSecretProvider.builder().kubeconfig(Kubeconfig.trusting(directory, server.address(), "models")));
    }

    @Test
    void use_givenClient_showsNothing() throws Exception {
        Path kubeconfig = Kubeconfig.trusting(directory, server.address(), "models");
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build()) {
            use(KubernetesSecretProvider.builder().client(client));
        }
    }
}
