package dev.modelsecrets.store.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.Fixtures;
import dev.modelsecrets.store.TestProcess;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentProcessesTest {

    private static final int PROCESSES = 8;
    private static final int WRITES = 6;

    @Test
    void processes_eightWritingAtOnce_loseNothing(@TempDir Path directory) throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(Fixtures.secret("shared", "key", "test-value"));
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(
                    new ProcessBuilder(TestProcess.command(Writer.class, directory.toString(), Integer.toString(i)))
                            .redirectErrorStream(true)
                            .redirectOutput(new File(directory.toFile(), "output-" + i))
                            .start());
        }
        int seen = readUntilDone(directory, processes);
        for (int i = 0; i < PROCESSES; i++) {
            assertThat(processes.get(i).waitFor()).as("process %s", i).isZero();
        }
        assertThat(seen).isLessThanOrEqualTo(1 + PROCESSES * WRITES);

        assertThat(store.describe("shared").keys()).hasSize(1 + PROCESSES * WRITES);
        assertThat(store.describe("shared").version()).isEqualTo(1 + PROCESSES * WRITES);
        assertThat(store.list()).hasSize(1 + PROCESSES * WRITES);
        for (int i = 0; i < PROCESSES; i++) {
            assertThat(Fixtures.value(store, "shared", "key-" + i + "-0")).isEqualTo("test-value-" + i);
        }
    }

    /** Reads all the while: each state is whole, and none is older than the one before. */
    private static int readUntilDone(Path directory, List<Process> processes) {
        EncryptedSecretStore reader = Fixtures.open(directory);
        int seen = 0;
        while (processes.stream().anyMatch(Process::isAlive)) {
            int now = reader.describe("shared").keys().size();
            assertThat(now).isGreaterThanOrEqualTo(seen);
            assertThat(Fixtures.value(reader, "shared", "key")).isEqualTo("test-value");
            seen = now;
        }
        return seen;
    }

    /** Adds secrets of its own, and keys to a secret that all of them change. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) {
            EncryptedSecretStore store = Fixtures.open(Path.of(arguments[0]));
            for (int i = 0; i < WRITES; i++) {
                String id = arguments[1] + "-" + i;
                store.create(Fixtures.secret("own-" + id, "key", "test-value"));
                store.update(Fixtures.change("shared", "key-" + id, "test-value-" + arguments[1]));
            }
        }
    }
}
