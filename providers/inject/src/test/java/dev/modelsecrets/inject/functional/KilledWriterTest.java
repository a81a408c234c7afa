package dev.modelsecrets.inject.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.inject.SecretFiles;
import dev.modelsecrets.inject.SecretInjection;
import dev.modelsecrets.inject.SecretInjectionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they write secret files, and the next one that writes to the same directory. */
class KilledWriterTest {

    private static final int KILLS = 60;

    @TempDir
    Path temporary;

    @Test
    @Tag("slow")
    void writeTo_afterAKill_isRefusedOrLeavesNoOldValue() throws Exception {
        Random random = new Random(20261126);
        SecretInjection injection =
                SecretInjection.builder().file("a").file("b", "sub/b").build();
        Secrets secrets = Secrets.of(Map.of("a", "new", "b", "new"));
        int refused = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path directory = temporary.resolve("secrets" + kill);
            killAWriterTo(directory, random.nextInt(100));

            try (SecretFiles files = injection.plan(secrets).writeTo(directory)) {
                assertThat(filesWith("old", directory)).isEmpty();
                assertThat(files.directory().resolve("a")).hasContent("new");
            } catch (SecretInjectionException e) {
                refused++;
                assertThat(e).hasMessageContaining("already has entries of these names");
            }
        }
        assertThat(refused).as("a kill in the middle is met at least once").isPositive();
    }

    private void killAWriterTo(Path directory, int afterMillis) throws Exception {
        Process writer = ChildJvm.of(temporary, WriteAgainAndAgain.class, Map.of(), directory.toString())
                .start();
        try {
            assertThat(writer.inputReader().readLine()).isEqualTo("ready");
            Thread.sleep(afterMillis);
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    private static List<Path> filesWith(String value, Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, value))
                    .toList();
        }
    }

    private static boolean contains(Path file, String value) {
        try {
            return Files.readString(file).contains(value);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
