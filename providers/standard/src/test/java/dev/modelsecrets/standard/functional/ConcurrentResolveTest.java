package dev.modelsecrets.standard.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.StandardProviders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentResolveTest {

    private static final int THREADS = 64;
    private static final int ROUNDS = 50;

    @TempDir
    Path directory;

    @Test
    void resolve_sixtyFourThreads_allGetTheSame() throws Exception {
        Files.writeString(directory.resolve("mounted"), "2\n");
        Path localConfig = Files.writeString(directory.resolve("config.yaml"), "secrets:\n  local: 3\n");
        Files.setPosixFilePermissions(localConfig, PosixFilePermissions.fromString("rw-------"));
        SecretsResolver resolver = StandardProviders.builder()
                .environment(Map.of("TRUSS_SECRET_variable", "1", "AUTH_SECRET", "{\"auth\": [4, {\"a\": 5.0}]}"))
                .secretsDirectory(directory)
                .localConfig(localConfig)
                .resolver();
        CountDownLatch start = new CountDownLatch(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                results.add(threads.submit(() -> {
                    start.countDown();
                    start.await();
                    for (int round = 0; round < ROUNDS; round++) {
                        assertThat(resolver.resolve("auth", "local", "mounted", "variable"))
                                .containsExactly(
                                        Map.entry("auth", "[4,{\"a\":5.0}]"),
                                        Map.entry("local", "3"),
                                        Map.entry("mounted", "2"),
                                        Map.entry("variable", "1"));
                    }
                    return null;
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
