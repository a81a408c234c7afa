package dev.modelsecrets.standard.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.KubernetesMount;
import dev.modelsecrets.standard.MountedSecretProvider;
import dev.modelsecrets.standard.StandardProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Secrets are resolved while a kubelet, at full speed, publishes one generation after the other. */
@Execution(ExecutionMode.SAME_THREAD)
class MountRotationTest {

    private static final int READERS = 2;

    @TempDir
    Path mount;

    @Test
    void resolve_whileTheMountRotates_neverMixesGenerationsAndNeverFails() throws Exception {
        rotate(1_000, "user", "password");
    }

    @Test
    void resolve_throughOtherLinksWhileTheMountRotates_neverMixesGenerationsAndNeverFails() throws Exception {
        Files.createSymbolicLink(mount.resolve("login"), Path.of("user"));
        Files.createSymbolicLink(mount.resolve("key"), mount.resolve("..data/password"));

        rotate(300, "login", "key");
    }

    @Test
    @Tag("slow")
    void resolve_whileTheMountRotatesForMinutes_neverMixesGenerationsAndNeverFails() throws Exception {
        Files.createSymbolicLink(mount.resolve("login"), Path.of("user"));

        rotate(40_000, "login", "password");
    }

    @Test
    void resolve_subPathWhileTheVolumeRotates_neverMixesGenerationsAndNeverFails() throws Exception {
        rotateSubPath(500);
    }

    @Test
    @Tag("slow")
    void resolve_subPathWhileTheVolumeRotatesForMinutes_neverMixesGenerationsAndNeverFails() throws Exception {
        rotateSubPath(20_000);
    }

    /** A volume with items below a path, as the kubelet publishes them: {@code secrets -> ..data/secrets}. */
    private void rotateSubPath(int swaps) throws Exception {
        Path data = mount.resolve("..data");
        Path old = createSubPath(0);
        Files.createSymbolicLink(data, old.getFileName());
        Path secrets = Files.createSymbolicLink(mount.resolve("secrets"), Path.of("..data/secrets"));
        SecretsResolver resolver = SecretsResolver.of(
                MountedSecretProvider.at(secrets),
                SecretProvider.of("stale", Map.of("user", "user of long ago", "password", "password of long ago")));
        AtomicBoolean rotating = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> read(resolver, rotating, "user", "password")));
            }
            for (int i = 1; i <= swaps; i++) {
                Path next = createSubPath(i);
                Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), next.getFileName());
                Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);
                for (String name : List.of("secrets/user", "secrets/password", "secrets", "")) {
                    Files.delete(old.resolve(name));
                }
                old = next;
            }
            rotating.set(false);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isGreaterThan(1);
            }
        } finally {
            rotating.set(false);
            threads.shutdownNow();
        }
    }

    private Path createSubPath(int number) throws IOException {
        Path generation = Files.createDirectory(mount.resolve("..generation-" + number));
        Files.createDirectory(generation.resolve("secrets"));
        for (Map.Entry<String, String> file : generation(number).entrySet()) {
            Files.writeString(generation.resolve("secrets").resolve(file.getKey()), file.getValue());
        }
        return generation;
    }

    private void rotate(int swaps, String user, String password) throws Exception {
        KubernetesMount kubelet = new KubernetesMount(mount);
        kubelet.publish(generation(0));
        SecretsResolver resolver = StandardProviders.builder()
                .environment(Map.of("HOME", "/nowhere"))
                .secretsDirectory(mount)
                .resolver();
        AtomicBoolean rotating = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> read(resolver, rotating, user, password)));
            }
            for (int i = 1; i <= swaps; i++) {
                kubelet.publish(generation(i));
            }
            rotating.set(false);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isGreaterThan(1);
            }
        } finally {
            rotating.set(false);
            threads.shutdownNow();
        }
        assertThat(resolver.resolve(user).get(user)).isEqualTo("user of generation " + swaps);
    }

    private static Map<String, String> generation(int number) {
        return Map.of(
                "user", "user of generation " + number + "\n", "password", "password of generation " + number + "\n");
    }

    /** Returns how many different generations were seen; a snapshot that mixes two, or fails, ends it. */
    private static int read(SecretsResolver resolver, AtomicBoolean rotating, String user, String password) {
        int seen = 0;
        String last = "";
        while (rotating.get()) {
            Secrets secrets = resolver.resolve(user, password);
            String generation = secrets.require(user).substring("user".length());
            assertThat(secrets.require(password))
                    .isEqualTo("password" + generation)
                    .doesNotContain("long ago");
            seen += generation.equals(last) ? 0 : 1;
            last = generation;
        }
        return seen;
    }
}
