package dev.modelsecrets.examples.secretsapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

    private static final int WRITERS = 4;
    private static final int TOKENS = 25;

    @TempDir
    private Path directory;

    @Test
    void changes_byManyWritersAtOnce_areAllMade() throws Exception {
        Path file = directory.resolve("tokens");
        for (int i = 0; i < TOKENS; i++) {
            new Tokens(file).add("former" + i, Role.READ);
        }
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String writer = "writer" + i + "-";
                writers.add(threads.submit(() -> {
                    for (int j = 0; j < TOKENS; j++) {
                        assertThat(new Tokens(file).add(writer + j, Role.READ)).isPresent();
                    }
                    return null;
                }));
            }
            writers.add(threads.submit(() -> {
                for (int i = 0; i < TOKENS; i++) {
                    assertThat(new Tokens(file).remove("former" + i)).isTrue();
                }
                return null;
            }));
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(Files.readAllLines(file)).hasSize(WRITERS * TOKENS).allMatch(line -> line.startsWith("writer"));
    }

    @Test
    void find_tokenThatWasTakenAway_isNobody() throws Exception {
        Tokens tokens = new Tokens(directory.resolve("tokens"));
        String token = tokens.add("ada", Role.WRITE).orElseThrow();

        assertThat(tokens.find(token).map(Caller::name)).contains("ada");
        assertThat(tokens.add("ada", Role.READ)).isEqualTo(Optional.empty());
        assertThat(tokens.remove("ada")).isTrue();

        assertThat(tokens.find(token)).isEmpty();
        assertThat(tokens.remove("ada")).isFalse();
    }
}
