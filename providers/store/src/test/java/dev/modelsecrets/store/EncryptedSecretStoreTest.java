package dev.modelsecrets.store;

import static dev.modelsecrets.store.Fixtures.change;
import static dev.modelsecrets.store.Fixtures.password;
import static dev.modelsecrets.store.Fixtures.secret;
import static dev.modelsecrets.store.Fixtures.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EncryptedSecretStoreTest {

    @TempDir
    private Path directory;

    private Path file;
    private StoreKeyFile key;

    @BeforeEach
    void chooseFile() {
        file = Fixtures.file(directory);
        key = Fixtures.key(directory);
    }

    @Test
    void file_created_isReadableByItsOwnerOnly() throws Exception {
        Fixtures.create(directory).create(secret("a", "key", "test-value"));

        for (String name : List.of("secrets.json", "secrets.json.lock", "store.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void file_written_keepsItsMode() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        store.create(secret("a", "key", "test-value"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw-r--");
    }

    @Test
    void file_writtenByRoot_keepsItsOwnerAndGroup() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        UserPrincipalLookupService users = file.getFileSystem().getUserPrincipalLookupService();
        try {
            view.setOwner(users.lookupPrincipalByName("nobody"));
            view.setGroup(users.lookupPrincipalByGroupName("daemon"));
        } catch (IOException e) {
            assumeTrue(false, "only root can give files away");
        }
        Files.deleteIfExists(directory.resolve("secrets.json.lock"));

        store.create(secret("a", "key", "test-value"));

        for (String name : List.of("secrets.json", "secrets.json.lock")) {
            PosixFileAttributes attributes = Files.readAttributes(directory.resolve(name), PosixFileAttributes.class);
            assertThat(attributes.owner().getName()).as(name).isEqualTo("nobody");
            assertThat(attributes.group().getName()).as(name).isEqualTo("daemon");
        }
    }

    @Test
    void failure_ofFullDisk_hasATypeOfItsOwn() {
        for (String words : List.of("No space left on device", "Disk quota exceeded")) {
            assertThat(StoreFailures.notWritten("the store x", new IOException(words)))
                    .isInstanceOf(StoreFullException.class)
                    .hasMessage("the store x cannot be written: the disk is full or the quota is used up; nothing was"
                            + " changed");
        }
        assertThat(StoreFailures.notWritten("the store x", new IOException("Input/output error")))
                .isNotInstanceOf(StoreFullException.class)
                .hasMessage("the store x cannot be written: IOException");
    }

    @Test
    void file_text_isJsonWithALineForEachSecretAndNoValue() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(StoredSecret.builder("b")
                .description("test-description")
                .value("key", "test-value")
                .build());
        List<String> before = Files.readAllLines(file);
        store.create(secret("a", "key", "test-value"));
        List<String> after = Files.readAllLines(file);

        assertThat(after.get(0)).isEqualTo("{\"format\":\"model-secrets-store/1\",");
        assertThat(after)
                .filteredOn(line -> !before.contains(line))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).startsWith("\"a\":{\"type\":\"opaque\",\"version\":1,"));
        assertThat(String.join("", after)).doesNotContain("test-value").doesNotContain("test-description");
    }

    @Test
    void create_existingFile_isRefused() {
        Fixtures.create(directory).create(secret("a", "key", "test-value"));

        assertThatThrownBy(() -> Fixtures.create(directory))
                .isInstanceOf(StoreExistsException.class)
                .hasMessage("the file " + file + " exists already; open it instead");
        assertThat(Fixtures.open(directory).list()).hasSize(1);
    }

    @Test
    void create_missingDirectory_isRefused() {
        assertThatThrownBy(() -> EncryptedSecretStore.create(directory.resolve("missing/secrets.json"), key))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("the directory does not exist");
    }

    @Test
    void create_shortOrBlankPassword_isRefused() {
        assertThatThrownBy(() -> EncryptedSecretStore.create(file, password("test")))
                .isInstanceOf(StoreKeyException.class)
                .hasMessage("the password from the environment variable STORE_PASSWORD is too short: use at least 12"
                        + " characters, better 32 random ones");
        assertThatThrownBy(() -> EncryptedSecretStore.create(file, password(" ".repeat(12))))
                .isInstanceOf(StoreKeyException.class)
                .hasMessage("the password from the environment variable STORE_PASSWORD is blank");
        assertThat(file).doesNotExist();
    }

    @Test
    void open_missingFile_isToldAtFirstUse() {
        EncryptedSecretStore store = Fixtures.open(directory);

        assertThatThrownBy(store::list)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("the store " + file + " does not exist; create it first");
        assertThatThrownBy(() -> store.put(secret("a", "key", "test-value")))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void open_anotherInstance_seesEveryWrite() {
        EncryptedSecretStore one = Fixtures.create(directory);
        EncryptedSecretStore two = Fixtures.open(directory);

        one.create(secret("a", "key", "test-1"));
        for (int i = 2; i < 40; i += 2) {
            assertThat(value(two, "a", "key")).isEqualTo("test-" + (i - 1));
            two.update(change("a", "key", "test-" + i));
            assertThat(value(one, "a", "key")).isEqualTo("test-" + i);
            one.update(change("a", "key", "test-" + (i + 1)));
        }
        assertThat(one).hasToString("store " + file);
    }

    @Test
    void open_wrongKey_isToldAndDestroysNothing() throws Exception {
        Fixtures.create(directory).create(secret("a", "key", "test-value"));
        byte[] before = Files.readAllBytes(file);
        Path otherKey = directory.resolve("other.key");
        EncryptedSecretStore wrong = EncryptedSecretStore.open(file, StoreKeyFile.create(otherKey));

        assertThatThrownBy(wrong::list)
                .isInstanceOf(WrongKeyException.class)
                .hasMessage("the key file " + otherKey + " does not open the store, or its key slot was altered");
        assertThatThrownBy(() -> wrong.put(secret("b", "key", "test-value"))).isInstanceOf(WrongKeyException.class);
        assertThatThrownBy(() -> EncryptedSecretStore.open(file, password()).list())
                .isInstanceOf(WrongKeyException.class)
                .hasMessage("the store " + file + " has no slot for the password from the environment variable"
                        + " STORE_PASSWORD; it opens with: key-file");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void open_truncatedFile_isToldAtEveryLength() throws Exception {
        Fixtures.create(directory).create(secret("a", "key", "test-value"));
        byte[] whole = Files.readAllBytes(file);
        EncryptedSecretStore store = Fixtures.open(directory);

        for (int length = 0; length < whole.length; length += length < 60 ? 1 : 37) {
            byte[] part = Arrays.copyOf(whole, length);
            Files.write(file, part);

            assertThat(catchThrowable(() -> store.put(secret("b", "key", "test-value"))))
                    .as("%s bytes", length)
                    .isInstanceOf(DamagedStoreException.class);
            assertThat(Files.readAllBytes(file)).isEqualTo(part);
        }
        Files.write(file, whole);
        assertThat(value(store, "a", "key")).isEqualTo("test-value");
    }

    @Test
    void open_bytesAfterTheEnd_areTold() throws Exception {
        Fixtures.create(directory);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            out.write("more".getBytes(StandardCharsets.UTF_8));
        }

        assertThatThrownBy(() -> Fixtures.open(directory).list())
                .isInstanceOf(DamagedStoreException.class)
                .hasMessage("the store " + file
                        + " is truncated or has something after its end; put back a copy of the file");
    }

    @Test
    void open_otherFiles_areTold() throws Exception {
        Files.writeString(file, "secrets: {}");
        assertThatThrownBy(() -> Fixtures.open(directory).list())
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("was altered or is not a store of secrets");

        Files.write(file, new byte[] {0x30, (byte) 0x82, 1, 1});
        assertThatThrownBy(() -> Fixtures.open(directory).list())
                .isInstanceOf(SecretStoreException.class)
                .hasMessageContaining("create a new store and import this file with importPkcs12");

        Files.writeString(file, "{\"format\":\"model-secrets-store/2\",\n");
        assertThatThrownBy(() -> Fixtures.open(directory).list())
                .isInstanceOf(SecretStoreException.class)
                .hasMessageContaining("has a format that this version of the library does not know");
    }

    @Test
    void rollback_ofWholeFile_isNoticedByWhoSawNewer() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(secret("a", "key", "test-1"));
        byte[] older = Files.readAllBytes(file);
        store.update(change("a", "key", "test-2"));
        byte[] newer = Files.readAllBytes(file);
        EncryptedSecretStore reader = Fixtures.open(directory);
        assertThat(value(reader, "a", "key")).isEqualTo("test-2");

        Files.write(file, older);

        assertThatThrownBy(reader::list)
                .isInstanceOf(DamagedStoreException.class)
                .hasMessage(
                        "the store " + file + " was rolled back: this process has seen generation 3, and the file is"
                                + " generation 2; restart this process if a backup was put back on purpose");
        assertThatThrownBy(() -> store.update(change("a", "key", "test-3"))).isInstanceOf(DamagedStoreException.class);
        Files.write(file, newer);
        assertThat(value(reader, "a", "key")).isEqualTo("test-2");
    }

    @Test
    void rollback_thatWentOn_isNoticedToo() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(secret("a", "key", "test-1"));
        byte[] older = Files.readAllBytes(file);
        store.update(change("a", "key", "test-2"));

        Files.write(file, older);
        Fixtures.open(directory).update(change("a", "key", "test-forked"));

        assertThatThrownBy(store::list)
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("was rolled back");
    }

    @Test
    void file_replacedByAnotherStore_isNoticed() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        assertThat(store.list()).isEmpty();
        Files.delete(file);
        Fixtures.create(directory).create(secret("a", "key", "test-1"));

        assertThatThrownBy(store::list)
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("was replaced by another store");
    }

    @Test
    void changePassword_oneCall_isThePasswordFromNowOn() {
        EncryptedSecretStore store = EncryptedSecretStore.create(file, password());
        store.create(secret("a", "key", "test-1"));

        store.changePassword(password("test-new-password"));

        store.update(change("a", "key", "test-3"));
        EncryptedSecretStore reopened = EncryptedSecretStore.open(file, password("test-new-password"));
        assertThat(value(reopened, "a", "key")).isEqualTo("test-3");
        assertThatThrownBy(() -> EncryptedSecretStore.open(file, password()).list())
                .isInstanceOf(WrongKeyException.class);
    }

    @Test
    void changePassword_runningReader_goesOnWithoutDeriving() {
        EncryptedSecretStore.create(file, password()).create(secret("a", "key", "test-1"));
        CountingKey counting = new CountingKey(password());
        EncryptedSecretStore reader = EncryptedSecretStore.open(file, counting);
        assertThat(value(reader, "a", "key")).isEqualTo("test-1");

        EncryptedSecretStore writer = EncryptedSecretStore.open(file, password());
        writer.changePassword(password("test-new-password"));
        writer.update(change("a", "key", "test-2"));

        assertThat(value(reader, "a", "key")).isEqualTo("test-2");
        assertThat(counting.unwraps).isEqualTo(1);
    }

    @Test
    void wrongKey_anySize_isUnwrappedOnceForEachAttempt() {
        EncryptedSecretStore store = EncryptedSecretStore.create(file, password());
        for (int i = 0; i < 20; i++) {
            store.put("secret-" + i, "test-" + i);
        }
        CountingKey counting = new CountingKey(password("test-another-password"));
        EncryptedSecretStore wrong = EncryptedSecretStore.open(file, counting);

        assertThatThrownBy(wrong::list).isInstanceOf(WrongKeyException.class);

        assertThat(counting.unwraps).isEqualTo(1);
    }

    /** Counts how often a store asks for its key. */
    private static final class CountingKey implements StoreKey {

        private final StoreKey key;
        private int unwraps;

        CountingKey(StoreKey key) {
            this.key = key;
        }

        @Override
        public String kind() {
            return key.kind();
        }

        @Override
        public Map<String, String> wrap(byte[] dataKey) {
            return key.wrap(dataKey);
        }

        @Override
        public byte[] unwrap(Map<String, String> slot) {
            unwraps++;
            return key.unwrap(slot);
        }
    }

    @Test
    void changePassword_tooShort_changesNothing() {
        EncryptedSecretStore store = Fixtures.create(directory);

        assertThatThrownBy(() -> store.changePassword(password("test")))
                .isInstanceOf(StoreKeyException.class)
                .hasMessageContaining("is too short");
        assertThat(store.keyKinds()).containsExactly("key-file");
    }

    @Test
    void keys_ofSeveralKinds_openTheSameStore() {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(secret("a", "key", "test-1"));

        store.changePassword(password());
        store.addKey(new RotatedBytes());

        assertThat(store.keyKinds()).containsExactly("key-file", "password", "rotated-bytes");
        assertThat(value(EncryptedSecretStore.open(file, password()), "a", "key"))
                .isEqualTo("test-1");
        assertThat(value(EncryptedSecretStore.open(file, new RotatedBytes()), "a", "key"))
                .isEqualTo("test-1");

        store.removeKey("key-file");
        store.removeKey("password");
        assertThatThrownBy(() -> store.removeKey("rotated-bytes"))
                .isInstanceOf(StoreKeyException.class)
                .hasMessageContaining("cannot be removed: add another one first");
        assertThatThrownBy(() -> store.removeKey("password"))
                .isInstanceOf(StoreKeyException.class)
                .hasMessageContaining("has no key of the kind password");
        assertThat(store.list()).hasSize(1);
        assertThatThrownBy(() -> Fixtures.open(directory).list()).isInstanceOf(WrongKeyException.class);
    }

    @Test
    void key_withAFieldThatTheSlotHas_isRefused() {
        EncryptedSecretStore store = Fixtures.create(directory);

        assertThatThrownBy(() -> store.addKey(new OwnKey(dataKey -> Map.of("kind", "other"))))
                .isInstanceOf(StoreKeyException.class)
                .hasMessage("the key of the kind own has a field of the name kind, which each slot has itself: nobody"
                        + " could open the store");

        assertThat(store.keyKinds()).containsExactly("key-file");
    }

    @Test
    void key_whoseCodeFails_isNamedWithoutTheMessage() {
        EncryptedSecretStore store = Fixtures.create(directory);

        assertThatThrownBy(() -> store.addKey(new OwnKey(dataKey -> {
                    throw new IllegalStateException("test-token");
                })))
                .isInstanceOf(StoreKeyException.class)
                .hasMessage("the key of the kind own failed with IllegalStateException");

        store.addKey(new OwnKey(dataKey -> Map.of()));
        assertThatThrownBy(EncryptedSecretStore.open(file, new OwnKey(dataKey -> Map.of()))::list)
                .isInstanceOf(StoreKeyException.class)
                .hasMessage("the key of the kind own failed with IllegalArgumentException");
    }

    /** A key with code of somebody else. */
    private record OwnKey(Function<byte[], Map<String, String>> wrapping) implements StoreKey {

        @Override
        public String kind() {
            return "own";
        }

        @Override
        public Map<String, String> wrap(byte[] dataKey) {
            return wrapping.apply(dataKey);
        }

        @Override
        public byte[] unwrap(Map<String, String> slot) {
            throw new IllegalArgumentException("test-token");
        }
    }

    /** A slot of another kind, as a key management service would be. */
    private static final class RotatedBytes implements StoreKey {

        @Override
        public String kind() {
            return "rotated-bytes";
        }

        @Override
        public Map<String, String> wrap(byte[] dataKey) {
            StringBuilder hex = new StringBuilder();
            for (byte b : dataKey) {
                hex.append("%02x".formatted((b + 1) & 0xff));
            }
            return Map.of("ciphertext", hex.toString());
        }

        @Override
        public byte[] unwrap(Map<String, String> slot) {
            String hex = slot.getOrDefault("ciphertext", "");
            byte[] key = new byte[hex.length() / 2];
            for (int i = 0; i < key.length; i++) {
                key[i] = (byte) (Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) - 1);
            }
            return key;
        }
    }

    @Test
    void password_changedElsewhere_isReadAnewWhenOpened() {
        Map<String, String> environment = new HashMap<>(Map.of("STORE_PASSWORD", Fixtures.PASSWORD));
        StorePassword password = StorePassword.fromEnvironment("STORE_PASSWORD", environment);
        EncryptedSecretStore.create(file, password).changePassword(password("test-new-password"));
        EncryptedSecretStore store = EncryptedSecretStore.open(file, password);

        assertThatThrownBy(store::list).isInstanceOf(WrongKeyException.class);
        environment.put("STORE_PASSWORD", "test-new-password");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void undo_ofRotation_bringsBackTheValues() {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(StoredSecret.builder("a")
                .description("stays")
                .value("key", "test-1")
                .value("other", "test-o")
                .build());
        store.attach("llm", List.of("a"));
        store.update(change("a", "key", "test-2"));
        store.restarted("llm");

        SecretMetadata undone = store.undo("a");

        assertThat(undone.version()).isEqualTo(3);
        assertThat(undone.description()).isEqualTo("stays");
        assertThat(undone.restartNeeded()).isTrue();
        assertThat(undone.history())
                .extracting(SecretMetadata.Revision::version)
                .containsExactly(2L, 1L);
        assertThat(value(store, "a", "key")).isEqualTo("test-1");
        assertThat(value(store, "a", "other")).isEqualTo("test-o");
        assertThat(value(Fixtures.open(directory), "a", "key")).isEqualTo("test-1");
        store.undo("a");
        assertThat(value(store, "a", "key")).isEqualTo("test-2");
    }

    @Test
    void undo_ofAChangeToATemplate_bringsBackOtherKeys() {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(secret("a", "OLD_KEY", "test-1"));
        store.replace(SecretTemplate.OPENAI
                .secret("a")
                .value("OPENAI_API_KEY", "sk-test-123456789012345678901234")
                .build());

        SecretMetadata undone = store.undo("a");

        assertThat(undone.keys()).containsExactly("OLD_KEY");
        assertThat(undone.template()).isEmpty();
        assertThat(value(store, "a", "OLD_KEY")).isEqualTo("test-1");
        assertThat(store.undo("a").keys()).containsExactly("OPENAI_API_KEY");
    }

    @Test
    void undo_toVersion_bringsBackItsKeys() {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(secret("a", "one", "test-1"));
        store.update(change("a", "two", "test-2"));
        store.replace(secret("a", "three", "test-3"));

        store.undo("a", 2);

        assertThat(store.describe("a").keys()).containsExactly("one", "two");
        assertThat(value(store, "a", "two")).isEqualTo("test-2");
        assertThatThrownBy(() -> store.undo("a", 2, 1)).isInstanceOf(VersionConflictException.class);
        assertThatThrownBy(() -> store.undo("a", 17))
                .isInstanceOf(SecretNotFoundException.class)
                .hasMessage("secret a has no values of version 17");
    }

    @Test
    void undo_nothingBefore_isRefused() {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(secret("a", "key", "test-1"));
        store.update(StoredSecret.changesTo("a").description("no value changed").build());

        assertThatThrownBy(() -> store.undo("a"))
                .isInstanceOf(SecretNotFoundException.class)
                .hasMessage("secret a has no values of an earlier version");
        assertThatThrownBy(() -> store.undo("missing")).isInstanceOf(SecretNotFoundException.class);
    }

    @Test
    void history_longerThanKept_losesTheOldest() throws Exception {
        EncryptedSecretStore store =
                EncryptedSecretStore.builder(file, key).history(2).create();
        store.put("a", "test-1");
        for (int i = 2; i < 6; i++) {
            store.put("a", "test-" + i);
        }

        assertThat(store.describe("a").history())
                .extracting(SecretMetadata.Revision::version)
                .containsExactly(4L, 3L);
        String line = Files.readAllLines(file).stream()
                .filter(some -> some.startsWith("\"a\":"))
                .findFirst()
                .orElseThrow();
        assertThat(line).contains("\"values\":{\"value\":{\"3\":\"").doesNotContain("\"2\":\"");
    }

    @Test
    void version_afterDeletion_goesOnCounting() {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.put("a", "test-1");
        store.put("a", "test-2");
        store.delete("a");

        assertThat(store.put("a", "test-3").version()).isEqualTo(3);
        assertThat(store.describe("a").history()).isEmpty();
        assertThatThrownBy(() -> store.undo("a")).isInstanceOf(SecretNotFoundException.class);
    }

    @Test
    void version_ofProvider_isKnownOnceTheFileIsSettled() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        StoreSecretProvider provider = StoreSecretProvider.of(store);
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
        assertThat(provider.version()).isEmpty();

        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
        Optional<Object> settled = provider.version();
        assertThat(settled).isPresent();
        assertThat(provider.version()).isEqualTo(settled);
        store.put("a", "test-1");
        assertThat(provider.version()).isNotEqualTo(settled);
    }

    @Test
    void read_unchangedSettledFile_isNotReadAgain() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.put("a", "test-1");
        byte[] bytes = Files.readAllBytes(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
        assertThat(value(store, "a", "value")).isEqualTo("test-1");

        // Same file, time and size: only a program that reads it can tell.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            bytes[bytes.length / 2] ^= 1;
            channel.write(java.nio.ByteBuffer.wrap(bytes));
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));

        assertThat(value(store, "a", "value")).isEqualTo("test-1");
        assertThatThrownBy(() -> store.put("b", "test-2")).isInstanceOf(DamagedStoreException.class);
    }

    @Test
    void readers_whileAWriterIsAtWork_areNotHeldUp() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.put("a", "test-1");
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> write = thread.submit(() -> store.edit(edit -> {
                writing.countDown();
                await(finish);
                return edit.put("a", "test-2");
            }));
            writing.await();

            assertThat(value(store, "a", "value")).isEqualTo("test-1");

            finish.countDown();
            write.get();
            assertThat(value(store, "a", "value")).isEqualTo("test-2");
        } finally {
            thread.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void close_store_forgetsTheKey() {
        EncryptedSecretStore store = Fixtures.create(directory);
        store.put("a", "test-1");

        store.close();

        assertThatThrownBy(store::list)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("the store " + file + " is closed");
        assertThat(Fixtures.open(directory).list()).hasSize(1);
    }

    @Test
    void importFrom_anotherStore_copiesEverythingButHistory() {
        EncryptedSecretStore old = Fixtures.create(directory);
        old.create(StoredSecret.builder("a")
                .description("for gated models")
                .mount(SecretMount.files("demo", Map.of("one", "sub")))
                .labels(Map.of("team", "search"))
                .value("one", "test-1")
                .value("two", "test-2")
                .build());
        old.update(change("a", "one", "test-3"));
        old.attach("llm", List.of("a"));
        EncryptedSecretStore fresh = EncryptedSecretStore.create(directory.resolve("fresh.json"), key);

        List<SecretMetadata> imported = fresh.importFrom(old);

        assertThat(imported)
                .containsExactly(
                        old.describe("a").toBuilder().history(List.of()).build());
        assertThat(value(fresh, "a", "one")).isEqualTo("test-3");
        assertThatThrownBy(() -> fresh.importFrom(old)).isInstanceOf(SecretExistsException.class);
    }

    @Test
    void importFrom_storeWhoseSecretsDoNotFit_copiesNothing() {
        EncryptedSecretStore old = Fixtures.create(directory);
        old.create(secret("a", "key", "test-1"));
        old.attach("llm", List.of("a"));
        EncryptedSecretStore fresh = EncryptedSecretStore.create(directory.resolve("fresh.json"), key);
        fresh.create(secret("b", "key", "test-2"));
        fresh.attach("llm", List.of("b"));

        assertThatThrownBy(() -> fresh.importFrom(old))
                .isInstanceOf(AttachmentRefusedException.class)
                .hasMessageContaining("key key has different values in the secrets a and b");

        assertThat(fresh.list()).extracting(SecretMetadata::name).containsExactly("b");
    }

    @Test
    @Timeout(60)
    void open_pipeOrDirectory_isRefusedAtOnce() throws Exception {
        assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0);
        for (Path odd : List.of(file, directory)) {
            assertThatThrownBy(EncryptedSecretStore.open(odd, key)::list)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessage("the store " + odd + " cannot be read: it is not a regular file");
        }
    }

    @Test
    void create_linkToNothing_isRefusedAndStaysLink() throws Exception {
        Files.createSymbolicLink(file, Path.of("absent.json"));

        assertThatThrownBy(() -> EncryptedSecretStore.create(file, key))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("the store " + file + " cannot be locked: it is a link to a file that does not exist");

        assertThat(file).isSymbolicLink();
    }

    @Test
    void file_link_staysLink() throws Exception {
        Path real = Files.createDirectory(directory.resolve("real"));
        EncryptedSecretStore.create(real.resolve("store.json"), key);
        Files.createSymbolicLink(file, Path.of("real/store.json"));

        Fixtures.open(directory).create(secret("a", "key", "test-value"));

        assertThat(file).isSymbolicLink();
        assertThat(EncryptedSecretStore.open(real.resolve("store.json"), key).list())
                .hasSize(1);
    }

    @Test
    void write_afterKilledWriter_removesWhatItLeft() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        Files.writeString(directory.resolve("secrets.json.tmp"), "half a store");

        store.create(secret("a", "key", "test-value"));

        try (var files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("secrets.json", "secrets.json.lock", "store.key");
        }
    }

    @Test
    void write_withinAWrite_isRefused() {
        EncryptedSecretStore store = Fixtures.create(directory);

        assertThatThrownBy(() -> store.edit(edit -> store.put("a", "test-1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a change of the store " + file + " is made within another one");
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
        Path obstacle = Files.createDirectories(directory.resolve("secrets.json.tmp/in-the-way"));

        assertThatThrownBy(() -> store.update(change("a", "key", "test-2")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("the store " + file + " cannot be written");

        assertThat(value(store, "a", "key")).isEqualTo("test-1");
        Files.delete(obstacle);
        store.update(change("a", "key", "test-3"));
        assertThat(value(Fixtures.open(directory), "a", "key")).isEqualTo("test-3");
    }

    @Test
    void lockTimeout_outOfRange_isForEverOrRefused() {
        EncryptedSecretStore.Builder builder = EncryptedSecretStore.builder(file, key);

        EncryptedSecretStore store =
                builder.lockTimeout(Duration.ofSeconds(Long.MAX_VALUE)).create();
        store.create(secret("a", "key", "test-value"));

        assertThat(value(store, "a", "key")).isEqualTo("test-value");
        assertThatThrownBy(() -> builder.lockTimeout(Duration.ofNanos(-1)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("the lock timeout must not be negative");
    }

    @Test
    void lock_heldTooLong_isToldWithItsFile() throws Exception {
        Fixtures.create(directory);
        EncryptedSecretStore store = EncryptedSecretStore.builder(file, key)
                .lockTimeout(Duration.ofMillis(1))
                .open();
        Path lock = directory.resolve("secrets.json.lock");
        Process holder = new ProcessBuilder(TestProcess.command(LockHolder.class, lock.toString())).start();
        try (var output = holder.inputReader()) {
            assertThat(output.readLine()).isEqualTo("locked");

            assertThatThrownBy(() -> store.create(secret("a", "key", "test-value")))
                    .isInstanceOf(StoreLockedException.class)
                    .hasMessageContaining("was locked by other writers for 0 s")
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
}
