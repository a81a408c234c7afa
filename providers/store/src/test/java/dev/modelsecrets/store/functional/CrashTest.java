package dev.modelsecrets.store.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.Fixtures;
import dev.modelsecrets.store.SecretOperations;
import dev.modelsecrets.store.SecretOperations.Mode;
import dev.modelsecrets.store.StoreSecretProvider;
import dev.modelsecrets.store.TestProcess;
import dev.modelsecrets.store.WrongKeyException;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes, undoes and changes the password, many times, at moments that nobody chose. */
@Tag("slow")
class CrashTest {

    private static final int KILLS = 200;

    @TempDir
    private Path directory;

    @Test
    @SuppressWarnings("SystemOut")
    void kill_atAnyMoment_losesAndMixesNothing() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        // Something large, so that a good part of a write is writing to the disk.
        store.put("large", "test-value".repeat(20_000));
        store.put("three", "test-0");
        store.changePassword(Fixtures.password(password(0)));
        SecretOperations.parse(Writer.document("create", 0)).apply(store, Mode.ATOMIC);
        Random random = new Random(7);
        int duringWrite = 0;
        long last = 0;
        for (int i = 0; i < KILLS; i++) {
            Process child = new ProcessBuilder(
                            TestProcess.command(Writer.class, directory.toString(), Long.toString(last + 1)))
                    .start();
            long reported = last;
            try (BufferedReader output = child.inputReader()) {
                String line = output.readLine();
                assertThat(line).as("first write of child %s", i).isNotNull();
                reported = Long.parseLong(line);
                Path temporary = directory.resolve("secrets.json.tmp");
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
            duringWrite += Files.exists(directory.resolve("secrets.json.tmp")) ? 1 : 0;

            last = isAt(reported + 1) ? reported + 1 : reported;
            assertThat(isAt(last)).as("step %s after kill %s", last, i).isTrue();
        }
        System.out.printf(
                "killed %d writers after %d steps, %d of them between their first and their last byte%n",
                KILLS, last, duringWrite);
        // Else the test would prove nothing.
        assertThat(duringWrite).isPositive();
    }

    private static String password(long step) {
        return "test-password-number-" + step;
    }

    /** Tells whether the store is what it is to be after a step, for somebody who opens it. */
    private boolean isAt(long step) {
        var secrets = SecretsResolver.of(StoreSecretProvider.builder(Fixtures.open(directory))
                        .map("one", "one", "key")
                        .map("two", "two", "key")
                        .map("three", "three", "value")
                        .build())
                .resolve("one", "two", "three");
        assertThat(secrets.get("one")).isEqualTo(secrets.get("two"));
        long batch = step;
        while (batch % 5 > 1) {
            batch--;
        }
        long password = step;
        while (password > 0 && password % 5 != 4) {
            password--;
        }
        return secrets.get("one").equals("test-" + batch)
                && secrets.get("three").equals("test-" + (step % 5 == 2 ? step : 0))
                && opensWith(password(password));
    }

    private boolean opensWith(String password) {
        try {
            EncryptedSecretStore.open(Fixtures.file(directory), Fixtures.password(password))
                    .list();
            return true;
        } catch (WrongKeyException e) {
            return false;
        }
    }

    /** Takes one step after the other until it is killed, and says which it has taken. */
    static final class Writer {

        private Writer() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) {
            EncryptedSecretStore store = Fixtures.open(Path.of(arguments[0]));
            for (long step = Long.parseLong(arguments[1]); ; step++) {
                switch ((int) (step % 5)) {
                    case 2 -> store.put("three", "test-" + step);
                    case 3 -> store.undo("three");
                    case 4 -> store.changePassword(Fixtures.password(password(step)));
                    default -> {
                        if (!SecretOperations.parse(document("update", step))
                                .apply(store, Mode.ATOMIC)
                                .succeeded()) {
                            throw new IllegalStateException("a write failed");
                        }
                    }
                }
                System.out.println(step);
            }
        }

        static String document(String action, long step) {
            return """
                {"secrets_payload": [
                  {"name": "one", "action": "%1$s", "type": "opaque", "data": {"key": "test-%2$d"}},
                  {"name": "two", "action": "%1$s", "type": "opaque", "data": {"key": "test-%2$d"}}]}
                """.formatted(action, step);
        }
    }
}
