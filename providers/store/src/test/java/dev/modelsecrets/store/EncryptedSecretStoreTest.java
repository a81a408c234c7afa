package dev.modelsecrets.store;

import static dev.modelsecrets.store.Fixtures.PASSWORD;
import static dev.modelsecrets.store.Fixtures.change;
import static dev.modelsecrets.store.Fixtures.password;
import static dev.modelsecrets.store.Fixtures.secret;
import static dev.modelsecrets.store.Fixtures.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedSecretStoreTest {

    private static final KeyStore.PasswordProtection PROTECTION =
            new KeyStore.PasswordProtection(PASSWORD.toCharArray());

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = directory.resolve("secrets.p12");
    }

    @Test
    void file_created_isReadableByItsOwnerOnly() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(secret("a", "key", "test-value"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        store.update(change("a", "key", "test-other"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void file_readWithKeyStore_hasValuesUnderReadableAliases() throws Exception {
        Fixtures.create(directory)
                .create(StoredSecret.builder("hf-secret")
                        .value("HF_TOKEN", "test-token-\u00e9")
                        .build());

        KeyStore keyStore = load();

        assertThat(Collections.list(keyStore.aliases())).contains("hf-secret/^h^f_^t^o^k^e^n");
        KeyStore.SecretKeyEntry entry =
                (KeyStore.SecretKeyEntry) keyStore.getEntry("hf-secret/^h^f_^t^o^k^e^n", PROTECTION);
        assertThat(new String(entry.getSecretKey().getEncoded(), StandardCharsets.UTF_8))
                .isEqualTo("test-token-\u00e9");
    }

    @Test
    void file_bytes_haveNoValueNorDescription() throws Exception {
        Fixtures.create(directory)
                .create(StoredSecret.builder("a")
                        .description("test-description")
                        .value("key", "test-value")
                        .build());

        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("test-value")
                .doesNotContain("test-description");
    }

    @Test
    void create_existingFile_isRefused() {
        Fixtures.create(directory).create(secret("a", "key", "test-value"));

        assertThatThrownBy(() -> Fixtures.create(directory))
                .isInstanceOf(SecretStoreException.class)
                .hasMessage("the file " + file + " exists already; open it instead");
        assertThat(Fixtures.open(directory).list()).hasSize(1);
    }

    @Test
    void create_missingDirectory_isRefused() {
        assertThatThrownBy(() -> EncryptedSecretStore.create(directory.resolve("missing/secrets.p12"), password()))
                .isInstanceOf(SecretStoreException.class)
                .hasMessageContaining("the directory does not exist");
    }

    @Test
    void create_shortPassword_isRefused() {
        assertThatThrownBy(() -> EncryptedSecretStore.create(file, password("test")))
                .isInstanceOf(SecretStoreException.class)
                .hasMessage("the password from the environment variable STORE_PASSWORD is too short: use at least 12"
                        + " characters, better 32 random ones");
        assertThat(file).doesNotExist();
    }

    @Test
    void open_missingFile_isToldAtFirstUse() {
        EncryptedSecretStore store = Fixtures.open(directory);

        assertThatThrownBy(store::list)
                .isInstanceOf(SecretStoreException.class)
                .hasMessage("the store " + file + " does not exist; create it first");
        assertThatThrownBy(() -> store.put(secret("a", "key", "test-value"))).isInstanceOf(SecretStoreException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void open_anotherInstance_seesEveryWrite() {
        EncryptedSecretStore one = Fixtures.create(directory);
        EncryptedSecretStore two = Fixtures.open(directory);

        one.create(secret("a", "key", "test-1"));
        assertThat(value(two, "a", "key")).isEqualTo("test-1");
        two.update(change("a", "key", "test-2"));
        assertThat(value(one, "a", "key")).isEqualTo("test-2");
        assertThat(one).hasToString("store " + file);
    }

    @Test
    void open_wrongPassword_isToldAndDestroysNothing() throws Exception {
        Fixtures.create(directory).create(secret("a", "key", "test-value"));
        byte[] before = Files.readAllBytes(file);
        EncryptedSecretStore wrong = EncryptedSecretStore.open(file, password("test-another-password"));

        assertThatThrownBy(wrong::list)
                .isInstanceOf(WrongPasswordException.class)
                .hasMessage(
                        "the password from the environment variable STORE_PASSWORD does not open the store " + file);
        assertThatThrownBy(() -> wrong.put(secret("b", "key", "test-value")))
                .isInstanceOf(WrongPasswordException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void open_truncatedFile_isToldAtEveryLength() throws Exception {
        Fixtures.create(directory).create(secret("a", "key", "test-value"));
        byte[] whole = Files.readAllBytes(file);
        EncryptedSecretStore store = Fixtures.open(directory);

        for (int length = 0; length < whole.length; length += length < 8 ? 1 : 97) {
            byte[] part = Arrays.copyOf(whole, length);
            Files.write(file, part);

            Throwable failure = catchThrowable(() -> store.put(secret("b", "key", "test-value")));

            if (length == 1) {
                assertThat(failure).as("%s bytes", length).isInstanceOf(DamagedStoreException.class);
            } else {
                assertThat(failure)
                        .as("%s bytes", length)
                        .isInstanceOf(DamagedStoreException.class)
                        .hasMessageStartingWith("the store " + file + " is truncated: it ");
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(part);
        }
        Files.write(file, whole);
        assertThat(value(store, "a", "key")).isEqualTo("test-value");
    }

    @Test
    void open_alteredFile_isToldWhereverItWasAltered() throws Exception {
        Fixtures.create(directory).create(secret("a", "key", "test-value"));
        byte[] whole = Files.readAllBytes(file);

        for (int position = 0; position < whole.length; position += 13) {
            byte[] altered = whole.clone();
            altered[position] ^= 0x15;
            Files.write(file, altered);
            EncryptedSecretStore store = Fixtures.open(directory);

            Throwable failure = catchThrowable(() -> value(store, "a", "key"));

            // Few bytes mean nothing, such as parameters that are null in any case.
            if (failure != null) {
                assertThat(failure)
                        .as("byte %s", position)
                        .hasMessageMatching(
                                "(?s)(store: )?the store .*secrets.p12 (was altered|is truncated).*a copy of the file");
            } else {
                assertThat(value(store, "a", "key")).isEqualTo("test-value");
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(altered);
        }
    }

    @Test
    void open_bytesAfterTheEnd_areTold() throws Exception {
        Fixtures.create(directory);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            out.write("more".getBytes(StandardCharsets.UTF_8));
        }

        assertThatThrownBy(() -> Fixtures.open(directory).list())
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("was altered: there are 4 bytes after its end");
    }

    @Test
    void open_otherFiles_areTold() throws Exception {
        Files.writeString(file, "secrets: {}");
        assertThatThrownBy(() -> Fixtures.open(directory).list())
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("was altered or is no PKCS#12 file");

        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        keyStore.load(null, null);
        try (OutputStream out = Files.newOutputStream(file)) {
            keyStore.store(out, PASSWORD.toCharArray());
        }
        assertThatThrownBy(() -> Fixtures.open(directory).list())
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("is a PKCS#12 file but no store of secrets");
    }

    @Test
    void open_formatOfLaterVersion_isLeftAlone() throws Exception {
        Fixtures.create(directory);
        KeyStore keyStore = load();
        put(keyStore, "model-secrets.index", "{\"format\":2}\n");
        save(keyStore);

        assertThatThrownBy(() -> Fixtures.open(directory).list())
                .isInstanceOf(SecretStoreException.class)
                .hasMessageContaining("has a format that this version of the library does not know");
    }

    @Test
    void entries_ofOtherTools_areKept() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(secret("a", "key", "test-value"));
        KeyStore keyStore = load();
        put(keyStore, "of-another-tool", "test-foreign");
        save(keyStore);

        store.update(change("a", "key", "test-other"));
        store.changePassword(password("test-new-password"));

        KeyStore after = KeyStore.getInstance("PKCS12");
        after.load(new ByteArrayInputStream(Files.readAllBytes(file)), "test-new-password".toCharArray());
        assertThat(Collections.list(after.aliases())).contains("of-another-tool", "a/key");
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void entries_removedByOtherTools_areToldByName() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(secret("a", "key", "test-value"));
        KeyStore keyStore = load();
        keyStore.deleteEntry("a/key");
        save(keyStore);

        assertThat(catchThrowable(() -> value(store, "a", "key")))
                .hasMessage("store: store " + file + " was altered by another tool: its entry a/key is missing; put the"
                        + " secret a again");
        store.put(secret("a", "key", "test-again"));
        assertThat(value(store, "a", "key")).isEqualTo("test-again");
    }

    @Test
    void delete_secret_removesItsEntries() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(secret("a", "key", "test-value"));
        store.delete("a");

        assertThat(Collections.list(load().aliases()))
                .containsExactlyInAnyOrder("model-secrets.check", "model-secrets.index");
    }

    @Test
    void changePassword_oneCall_changesEveryEntry() {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(secret("a", "key", "test-1"));
        store.create(secret("b", "key", "test-2"));

        store.changePassword(password("test-new-password"));

        assertThat(value(store, "a", "key")).isEqualTo("test-1");
        store.update(change("a", "key", "test-3"));
        EncryptedSecretStore reopened = EncryptedSecretStore.open(file, password("test-new-password"));
        assertThat(value(reopened, "a", "key")).isEqualTo("test-3");
        assertThat(value(reopened, "b", "key")).isEqualTo("test-2");
        assertThatThrownBy(() -> Fixtures.open(directory).list()).isInstanceOf(WrongPasswordException.class);
    }

    @Test
    void changePassword_tooShort_changesNothing() {
        EncryptedSecretStore store = Fixtures.create(directory);

        assertThatThrownBy(() -> store.changePassword(password("test")))
                .isInstanceOf(SecretStoreException.class)
                .hasMessageContaining("is too short");
        assertThat(Fixtures.open(directory).list()).isEmpty();
    }

    @Test
    void changePassword_entryUnderItsOwnPassword_changesNothing() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(secret("a", "key", "test-value"));
        KeyStore keyStore = load();
        keyStore.setEntry(
                "of-another-tool",
                new KeyStore.SecretKeyEntry(new SecretKeySpec(new byte[] {1}, "AES")),
                new KeyStore.PasswordProtection("test-its-own".toCharArray()));
        save(keyStore);

        assertThatThrownBy(() -> store.changePassword(password("test-new-password")))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("the password was not changed");
        assertThat(value(store, "a", "key")).isEqualTo("test-value");
        assertThat(value(Fixtures.open(directory), "a", "key")).isEqualTo("test-value");
    }

    @Test
    void password_changedByAnotherProcess_isReadAnew() {
        Map<String, String> environment = new HashMap<>(Map.of("STORE_PASSWORD", PASSWORD));
        EncryptedSecretStore running =
                EncryptedSecretStore.create(file, StorePassword.fromEnvironment("STORE_PASSWORD", environment));
        running.create(secret("a", "key", "test-value"));

        Fixtures.open(directory).changePassword(password("test-new-password"));

        assertThatThrownBy(running::list).isInstanceOf(WrongPasswordException.class);
        environment.put("STORE_PASSWORD", "test-new-password");
        assertThat(value(running, "a", "key")).isEqualTo("test-value");
    }

    @Test
    void file_link_staysLink() throws Exception {
        Path real = Files.createDirectory(directory.resolve("real"));
        EncryptedSecretStore.create(real.resolve("store.p12"), password());
        Files.createSymbolicLink(file, Path.of("real/store.p12"));

        Fixtures.open(directory).create(secret("a", "key", "test-value"));

        assertThat(file).isSymbolicLink();
        assertThat(EncryptedSecretStore.open(real.resolve("store.p12"), password())
                        .list())
                .hasSize(1);
    }

    @Test
    void write_afterKilledWriter_removesWhatItLeft() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        Files.writeString(directory.resolve("secrets.p12.tmp"), "half a store");

        store.create(secret("a", "key", "test-value"));

        try (var files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("secrets.p12", "secrets.p12.lock");
        }
    }

    @Test
    void write_nothingChanged_leavesTheFileAlone() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        byte[] before = Files.readAllBytes(file);

        store.attach("llm", List.of());

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void write_impossible_keepsOldState() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(secret("a", "key", "test-1"));
        // A directory of that name cannot be replaced by a file, whoever runs this test.
        Path obstacle = Files.createDirectories(directory.resolve("secrets.p12.tmp/in-the-way"));

        assertThatThrownBy(() -> store.update(change("a", "key", "test-2")))
                .isInstanceOf(SecretStoreException.class)
                .hasMessageStartingWith("the store " + file + " cannot be written");

        assertThat(value(store, "a", "key")).isEqualTo("test-1");
        Files.delete(obstacle);
        store.update(change("a", "key", "test-3"));
        assertThat(value(Fixtures.open(directory), "a", "key")).isEqualTo("test-3");
    }

    @Test
    void lock_heldTooLong_isToldWithItsFile() throws Exception {
        Fixtures.create(directory);
        EncryptedSecretStore store = EncryptedSecretStore.builder(file, password())
                .lockTimeout(Duration.ofMillis(1))
                .open();
        Path lock = directory.resolve("secrets.p12.lock");
        Process holder = new ProcessBuilder(TestProcess.command(LockHolder.class, lock.toString())).start();
        try (var output = holder.inputReader()) {
            assertThat(output.readLine()).isEqualTo("locked");

            assertThatThrownBy(() -> store.create(secret("a", "key", "test-value")))
                    .isInstanceOf(SecretStoreException.class)
                    .hasMessageContaining("was locked by another process")
                    .hasMessageContaining(lock.toString());
            assertThat(store.list()).isEmpty();
        } finally {
            holder.destroyForcibly().waitFor();
        }
        Fixtures.open(directory).create(secret("a", "key", "test-value"));
    }

    /** Holds a lock until it is killed. */
    static final class LockHolder {

        private LockHolder() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) throws Exception {
            try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                System.out.println(lock.isValid() ? "locked" : "not locked");
                System.in.read();
            }
        }
    }

    @Test
    void threads_onSeveralInstances_loseNothing() throws Exception {
        Fixtures.create(directory);
        List<EncryptedSecretStore> stores =
                IntStream.range(0, 4).mapToObj(i -> Fixtures.open(directory)).toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> writes = IntStream.range(0, 40)
                    .<Future<?>>mapToObj(i ->
                            threads.submit(() -> stores.get(i % 4).put(secret("shared", "key-" + i, "test-" + i))))
                    .toList();
            for (Future<?> write : writes) {
                write.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(Fixtures.open(directory).describe("shared").keys()).hasSize(40);
    }

    private KeyStore load() throws Exception {
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        keyStore.load(new ByteArrayInputStream(Files.readAllBytes(file)), PASSWORD.toCharArray());
        return keyStore;
    }

    private void save(KeyStore keyStore) throws Exception {
        try (OutputStream out = Files.newOutputStream(file)) {
            keyStore.store(out, PASSWORD.toCharArray());
        }
    }

    private static void put(KeyStore keyStore, String alias, String text) throws Exception {
        keyStore.setEntry(
                alias,
                new KeyStore.SecretKeyEntry(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "AES")),
                PROTECTION);
    }
}
