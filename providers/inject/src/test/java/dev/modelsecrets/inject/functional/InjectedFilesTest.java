package dev.modelsecrets.inject.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.inject.SecretFiles;
import dev.modelsecrets.inject.SecretInjection;
import dev.modelsecrets.standard.MountedSecretProvider;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What core writes for a process that reads files, read back as a model would. */
@Timeout(120)
class InjectedFilesTest {

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void realDirectory() throws Exception {
        directory = temporary.toRealPath().resolve("secrets");
    }

    private SecretFiles write(Map<String, String> values) {
        Secrets secrets = Secrets.of(values);
        SecretInjection.Builder injection = SecretInjection.builder();
        secrets.keySet().forEach(injection::file);
        return injection.build().plan(secrets).writeTo(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                " x ",
                "\tx",
                "no line break",
                "\nx",
                "a\nb",
                "a\nb\n",
                "a\r\nb\r\n",
                "x\n\n",
                "x\r",
                "-----BEGIN KEY-----\nabc\n-----END KEY-----\n",
                "nul\0nul",
                "\u00e9\ud83d\ude00",
                "\ufffd",
                "null",
                "..data"
            })
    void mounted_valueThatWasInjected_comesBackUnchanged(String value) {
        try (SecretFiles files = write(Map.of("token", value))) {
            Lookup found = MountedSecretProvider.at(files.directory())
                    .find(Set.of("token"))
                    .get("token");

            assertThat(found.value()).isEqualTo(value);
            assertThat(found.location()).isEqualTo(directory + "/token");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void mounted_singleLineThatEndsInALineBreak_losesIt(String lineBreak) {
        try (SecretFiles files = write(Map.of("token", "x" + lineBreak))) {
            assertThat(MountedSecretProvider.at(files.directory())
                            .find(Set.of("token"))
                            .get("token")
                            .value())
                    .isEqualTo("x");
        }
    }

    @Test
    void mounted_blankDefault_isAbsent() {
        try (SecretFiles files = write(Map.of("token", ""))) {
            assertThat(MountedSecretProvider.at(files.directory())
                            .find(Set.of("token"))
                            .get("token")
                            .reason())
                    .isEqualTo(directory + "/token is blank");
        }
    }

    @Test
    void mounted_largestValue_comesBackUnchanged() {
        String value = "x".repeat(1 << 20);
        try (SecretFiles files = write(Map.of("token", value))) {
            assertThat(SecretsResolver.of(MountedSecretProvider.at(files.directory()))
                            .resolve("token")
                            .require("token"))
                    .isEqualTo(value);
        }
    }

    @Test
    void mounted_manySecrets_allComeBack() {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < 500; i++) {
            values.put("secret-" + i, "value " + i);
        }
        try (SecretFiles files = write(values)) {
            assertThat(SecretsResolver.of(MountedSecretProvider.at(files.directory()))
                            .resolve(values.keySet().toArray(new String[0])))
                    .isEqualTo(values);
        }
    }

    @Test
    void mounted_subPath_isAMountOfItsOwn() {
        SecretInjection injection =
                SecretInjection.builder().file("db", "secrets/password/db").build();
        try (SecretFiles files = injection.plan(Secrets.of(Map.of("db", "x"))).writeTo(directory)) {
            MountedSecretProvider mounted =
                    MountedSecretProvider.at(files.directory().resolve("secrets/password"));

            assertThat(mounted.find(Set.of("db")).get("db").value()).isEqualTo("x");
        }
    }

    @Test
    void mounted_closed_isAbsent() {
        SecretFiles files = write(Map.of("token", "x"));
        files.close();

        assertThat(MountedSecretProvider.at(directory)
                        .find(Set.of("token"))
                        .get("token")
                        .reason())
                .isEqualTo(directory + " does not exist");
    }

    @Test
    void mounted_resolvedWhileUpdated_isOfOneGeneration() throws Exception {
        List<String> names = List.of("a", "b", "c");
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(1);
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try (SecretFiles files = write(generation(names, 0))) {
            SecretsResolver resolver = SecretsResolver.of(MountedSecretProvider.at(files.directory()));
            Future<?> result = reader.submit(() -> {
                while (!done.get()) {
                    Secrets secrets = resolver.resolve("a", "b", "c");
                    assertThat(new HashSet<>(secrets.values())).hasSize(1);
                    reading.countDown();
                }
            });
            assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();
            for (int number = 1; number <= 500; number++) {
                files.update(Secrets.of(generation(names, number)));
            }
            done.set(true);
            result.get();

            assertThat(resolver.resolve("a").require("a")).isEqualTo("value 500");
        } finally {
            done.set(true);
            reader.shutdownNow();
        }
    }

    private static Map<String, String> generation(List<String> names, int number) {
        Map<String, String> values = new LinkedHashMap<>();
        names.forEach(name -> values.put(name, "value " + number));
        return values;
    }
}
