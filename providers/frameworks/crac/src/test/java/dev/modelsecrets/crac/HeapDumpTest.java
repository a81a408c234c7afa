package dev.modelsecrets.crac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.AuthSecretProvider;
import dev.modelsecrets.standard.LocalConfigSecretProvider;
import dev.modelsecrets.standard.MountedSecretProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test keeps no value itself: it makes each anew from a number when it needs it. */
class HeapDumpTest {

    private static final SecretDeclarations NAMES = SecretDeclarations.of("mounted", "yaml", "json");

    private final long seed = new Random().nextLong();
    private final TestContext context = new TestContext();

    @TempDir
    Path directory;

    @BeforeEach
    void writeSecrets() throws Exception {
        Files.createDirectory(directory.resolve("secrets"));
        write("secrets/mounted", "%s", 1);
        write("config.yaml", "secrets:\n  yaml: '%s'\n", 2);
        write("auth.json", "{\"json\": \"%s\"}", 3);
    }

    private void write(String file, String format, int number) throws Exception {
        Files.write(
                directory.resolve(file), String.format(format, value(number)).getBytes(StandardCharsets.UTF_8));
    }

    private String value(int number) {
        Random random = new Random(seed + number);
        StringBuilder value = new StringBuilder("test-");
        for (int i = 0; i < 24; i++) {
            value.append((char) ('a' + random.nextInt(26)));
        }
        return value.toString();
    }

    private SecretsResolver resolver() {
        return SecretsResolver.of(
                SecretProvider.cached(
                        MountedSecretProvider.at(directory.resolve("secrets")),
                        Duration.ofHours(1),
                        Duration.ofHours(1)),
                LocalConfigSecretProvider.at(directory.resolve("config.yaml")),
                AuthSecretProvider.of(Map.of(
                                "AUTH_SECRET", directory.resolve("auth.json").toString()))
                        .orFromFile());
    }

    private int copies(String name) throws Exception {
        Path file = directory.resolve(name + ".hprof");
        HeapDump dump = HeapDump.take(file);
        int copies = 0;
        for (int number = 1; number <= 5; number++) {
            copies += dump.copiesOf(value(number));
        }
        Files.delete(file);
        return copies;
    }

    @Test
    void heap_afterTheCheckpointHook_holdsNoCopy() throws Exception {
        try (CheckpointedSecrets secrets =
                CheckpointedSecrets.register(this::resolver, NAMES, Duration.ofHours(1), context)) {
            secrets.whileResolved(refreshing -> {
                Redactor redactor = refreshing.redactor();
                redactor.learn("session", value(4));
                use(secrets, redactor);
                return () -> {};
            });
            rotate(secrets);
            assertThat(copies("before")).isPositive();

            context.checkpoint();
            assertThat(copies("after")).isZero();

            context.restore();
            assertThat(secrets.get().require("mounted")).isEqualTo(value(1));
            assertThat(copies("restored")).isPositive();
        }
    }

    private void use(CheckpointedSecrets secrets, Redactor redactor) {
        assertThat(redactor.redact("token=" + secrets.get().require("json"))).isEqualTo("token=[secret:json]");
        assertThat(secrets.get().source("yaml")).contains("config.yaml");
    }

    /** Leaves the former value behind in what redactors know. */
    private void rotate(CheckpointedSecrets secrets) {
        secrets.whileResolved(refreshing -> {
            writeUnchecked(5);
            assertThat(refreshing.refresh().require("mounted")).isEqualTo(value(5));
            writeUnchecked(1);
            assertThat(refreshing.refresh().require("mounted")).isEqualTo(value(1));
            return () -> {};
        });
    }

    private void writeUnchecked(int number) {
        try {
            write("secrets/mounted", "%s", number);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
