package dev.modelsecrets.store.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.Fixtures;
import dev.modelsecrets.store.SecretOperations;
import dev.modelsecrets.store.SecretOperations.Mode;
import dev.modelsecrets.store.StoreSecretProvider;
import dev.modelsecrets.store.TestProcess;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process, many times, at moments that nobody chose. */
@Tag("slow")
class CrashTest {

    private static final int KILLS = 200;
    private static final int STORES = 2;

    @Test
    @SuppressWarnings("SystemOut")
    void kill_atAnyMomentOfWrite_leavesOldOrNewState(@TempDir Path directory) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(STORES);
        try {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < STORES; i++) {
                Path file = directory.resolve("secrets-" + i + ".p12");
                int seed = i;
                outcomes.add(threads.submit(() -> killOften(file, KILLS / STORES, new Random(seed))));
            }
            int duringWrite = 0;
            for (Future<Outcome> outcome : outcomes) {
                duringWrite += outcome.get().duringWrite;
            }
            System.out.printf(
                    "killed %d writers, %d of them between their first and their last byte%n", KILLS, duringWrite);
            // Else the test would prove nothing.
            assertThat(duringWrite).isPositive();
        } finally {
            threads.shutdownNow();
        }
    }

    private record Outcome(int duringWrite) {}

    private static Outcome killOften(Path file, int kills, Random random) throws Exception {
        // Something large, so that a good part of a write is writing to the disk.
        EncryptedSecretStore.create(file, Fixtures.password())
                .create(Fixtures.secret("large", "key", "test-value".repeat(20_000)));
        SecretOperations.parse(Writer.document("create", 0))
                .apply(EncryptedSecretStore.open(file, Fixtures.password()), Mode.ATOMIC);
        int duringWrite = 0;
        long last = 0;
        for (int i = 0; i < kills; i++) {
            Process child = new ProcessBuilder(TestProcess.command(
                            // Fewer rounds: what is tested is files, and more writes fit into the time.
                            List.of(
                                    "-Dkeystore.pkcs12.keyPbeIterationCount=1",
                                    "-Dkeystore.pkcs12.macIterationCount=1"),
                            Writer.class,
                            file.toString(),
                            Long.toString(last + 1)))
                    .start();
            long reported = last;
            try (BufferedReader output = child.inputReader()) {
                String line = output.readLine();
                assertThat(line).as("first write of child %s", i).isNotNull();
                reported = Long.parseLong(line);
                Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
                // Every other time at any moment, else soon after a write has begun to write.
                while (i % 2 == 1 && !Files.exists(temporary) && child.isAlive()) {
                    Thread.onSpinWait();
                }
                child.waitFor(random.nextInt(i % 2 == 1 ? 1_000 : 8_000), TimeUnit.MICROSECONDS);
                // The process itself would close the output, with what it still holds.
                child.toHandle().destroyForcibly();
                for (line = output.readLine(); line != null; line = output.readLine()) {
                    reported = line.isEmpty() ? reported : Math.max(reported, Long.parseLong(line));
                }
            }
            assertThat(child.waitFor()).isEqualTo(128 + 9);
            duringWrite += Files.exists(file.resolveSibling(file.getFileName() + ".tmp")) ? 1 : 0;

            last = stateOf(file);
            assertThat(last).isBetween(reported, reported + 1);
        }
        return new Outcome(duringWrite);
    }

    /** Reads with an instance of its own, and finds both secrets at the same state. */
    private static long stateOf(Path file) {
        EncryptedSecretStore store = EncryptedSecretStore.open(file, Fixtures.password());
        var secrets = SecretsResolver.of(StoreSecretProvider.builder(store)
                        .map("one", "one", "key")
                        .map("two", "two", "key")
                        .build())
                .resolve("one", "two");
        assertThat(secrets.get("one")).isEqualTo(secrets.get("two"));
        return Long.parseLong(secrets.require("one").substring("test-".length()));
    }

    /** Writes one state after the other until it is killed, and says which it has written. */
    static final class Writer {

        private Writer() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) {
            EncryptedSecretStore store = EncryptedSecretStore.open(Path.of(arguments[0]), Fixtures.password());
            for (long state = Long.parseLong(arguments[1]); ; state++) {
                if (!SecretOperations.parse(document("update", state))
                        .apply(store, Mode.ATOMIC)
                        .succeeded()) {
                    throw new IllegalStateException("a write failed");
                }
                System.out.println(state);
            }
        }

        static String document(String action, long state) {
            return """
                    {"secrets_payload": [
                      {"name": "one", "action": "%1$s", "type": "opaque", "data": {"key": "test-%2$d"}},
                      {"name": "two", "action": "%1$s", "type": "opaque", "data": {"key": "test-%2$d"}}]}
                    """.formatted(action, state);
        }
    }
}
