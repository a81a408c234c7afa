package dev.modelsecrets.store.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.Fixtures;
import dev.modelsecrets.store.StoredSecret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program in Python opens a file of ours, with what the README says of it. */
class OtherLanguageTest {

    private static final String EXPECTED = "{\"a\": {\"description\": \"for gated models\", \"values\":"
            + " {\"one\": \"test-1-rotated \\u00e9\", \"two\": \"test-2\"}}, \"b\": {\"description\": \"\", \"values\":"
            + " {\"value\": \"test-b\"}}}\n";

    @TempDir
    private Path directory;

    private Path script;

    @BeforeEach
    void createStore() throws Exception {
        script = directory.resolve("read_store.py");
        try (InputStream in = OtherLanguageTest.class.getResourceAsStream("/dev/modelsecrets/store/read_store.py")) {
            Files.write(script, in.readAllBytes());
        }
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(StoredSecret.builder("a")
                .description("for gated models")
                .value("one", "test-1")
                .value("two", "test-2")
                .build());
        store.update(Fixtures.change("a", "one", "test-1-rotated \u00e9"));
        store.put("b", "test-b");
        store.put("gone", "test-gone");
        store.delete("gone");
        store.changePassword(Fixtures.password());
    }

    @Test
    void python_withKeyFile_readsEveryValue() throws Exception {
        assertThat(python("key-file", directory.resolve("store.key"))).isEqualTo(EXPECTED);
    }

    @Test
    void python_withPassword_readsEveryValue() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), Fixtures.PASSWORD + "\n");

        assertThat(python("password", password)).isEqualTo(EXPECTED);
    }

    private String python(String kind, Path key) throws Exception {
        assumeTrue(
                run("python3", "-c", "import cryptography").exit == 0,
                "this machine has no python3 with the package cryptography");
        Outcome outcome =
                run("python3", script.toString(), Fixtures.file(directory).toString(), kind, key.toString());
        assertThat(outcome.exit).as(outcome.output).isZero();
        return outcome.output;
    }

    private record Outcome(int exit, String output) {}

    private static Outcome run(String... command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return new Outcome(127, "no such program");
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
