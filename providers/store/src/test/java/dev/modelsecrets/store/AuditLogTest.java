package dev.modelsecrets.store;

import static dev.modelsecrets.store.Fixtures.change;
import static dev.modelsecrets.store.Fixtures.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.store.SecretOperations.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private Path log;
    private EncryptedSecretStore store;

    @BeforeEach
    void createStore() {
        log = directory.resolve("audit.jsonl");
        store = builder().create();
    }

    private EncryptedSecretStore.Builder builder() {
        return EncryptedSecretStore.builder(Fixtures.file(directory), Fixtures.key(directory))
                .auditLog(log)
                .principal("test-service")
                .clock(CLOCK);
    }

    private List<String> lines() throws Exception {
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    @Test
    void change_made_isOneLineWithoutValue() throws Exception {
        store.as("alice").create(secret("a", "key", "test-value"));

        assertThat(lines()).singleElement().asString().startsWith("""
            {"time":"2026-03-01T12:00:00Z","principal":"alice","verb":"create","secret":"a","keys":["key"],\
            "version":1,"outcome":"done","generation":2,"previous":"","mac":\"\
            """).doesNotContain("test-value");
        assertThat(store.verifyAuditLog()).isEqualTo(1);
    }

    @Test
    void read_shownToAPerson_isLoggedWithoutValue() throws Exception {
        store.create(secret("a", "key", "test-value"));

        store.as("alice").recordRead("a", Set.of("key"));

        assertThat(lines())
                .last()
                .asString()
                .contains("\"principal\":\"alice\",\"verb\":\"read\",\"secret\":\"a\",\"keys\":[\"key\"],\"version\":1")
                .doesNotContain("test-value");
        assertThat(store.verifyAuditLog()).isEqualTo(2);
        assertThatThrownBy(() -> store.recordRead("absent", Set.of())).isInstanceOf(SecretNotFoundException.class);
    }

    @Test
    void changes_ofEveryKind_areLogged() throws Exception {
        store.create(secret("a", "key", "test-1"));
        store.update(change("a", "key", "test-2"));
        store.undo("a");
        store.put("b", "test-3");
        store.attach("llm", List.of("a", "b"));
        store.attachOnly("llm", List.of("b"));
        store.restarted("llm");
        store.delete("a");
        store.changePassword(Fixtures.password());
        store.removeKey("password");
        SecretOperations.parse("""
            {"secrets_payload": [{"name": "c", "action": "create", "type": "opaque", "data": {"k": "test-4"}},
                                 {"name": "c", "action": "delete"}]}\
            """).apply(store, Mode.ATOMIC);

        List<String> verbs = new ArrayList<>();
        for (String line : lines()) {
            verbs.add(line.replaceAll(".*\"verb\":\"([^\"]*)\".*", "$1"));
        }
        assertThat(verbs)
                .containsExactly(
                        "create",
                        "update",
                        "undo",
                        "create",
                        "attach",
                        "attach",
                        "detach",
                        "attach",
                        "restarted",
                        "delete",
                        "add key password",
                        "remove key password",
                        "create",
                        "delete");
        assertThat(store.verifyAuditLog()).isEqualTo(verbs.size());
        assertThat(String.join("", lines())).doesNotContain("test-1").doesNotContain(Fixtures.PASSWORD);
    }

    @Test
    void change_refused_isLoggedWithItsReason() throws Exception {
        store.create(secret("a", "key", "test-1"));

        assertThatThrownBy(() -> store.as("mallory").update(change("a", "key", "test-2"), 7))
                .isInstanceOf(VersionConflictException.class);

        assertThat(lines()).hasSize(2).last().asString().contains("""
            "principal":"mallory","verb":"update","secret":"a","keys":["key"],"version":1,\
            "outcome":"refused: VersionConflictException","generation":2,\
            """);
    }

    @Test
    void line_alteredRemovedOrMoved_isFound() throws Exception {
        for (int i = 0; i < 5; i++) {
            store.put("a", "test-" + i);
        }
        List<String> whole = lines();

        for (int i = 0; i < whole.size(); i++) {
            List<String> altered = new ArrayList<>(whole);
            altered.set(i, altered.get(i).replace("test-service", "test-servant"));
            assertDamaged(altered);
            if (i < whole.size() - 1) {
                List<String> removed = new ArrayList<>(whole);
                removed.remove(i);
                assertDamaged(removed);
                List<String> swapped = new ArrayList<>(whole);
                swapped.set(i, whole.get(i + 1));
                swapped.set(i + 1, whole.get(i));
                assertDamaged(swapped);
            }
        }
    }

    private void assertDamaged(List<String> lines) throws Exception {
        Files.write(log, lines);
        assertThatThrownBy(() -> store.verifyAuditLog())
                .isInstanceOf(DamagedAuditLogException.class)
                .hasMessageContaining(log.toString());
    }

    @Test
    void log_ofAnotherStore_isRefused() {
        store.put("a", "test-1");
        EncryptedSecretStore other = EncryptedSecretStore.builder(
                        directory.resolve("other.json"), Fixtures.key(directory))
                .auditLog(log)
                .create();

        assertThatThrownBy(() -> other.put("a", "test-2"))
                .isInstanceOf(DamagedAuditLogException.class)
                .hasMessageContaining("was altered or belongs to another store");
    }

    @Test
    void storeFile_rolledBack_isNoticedByAProcessThatSawNothing() throws Exception {
        store.put("a", "test-1");
        byte[] older = Files.readAllBytes(Fixtures.file(directory));
        store.put("a", "test-2");
        Files.write(Fixtures.file(directory), older);

        EncryptedSecretStore fresh = builder().open();

        assertThatThrownBy(fresh::list)
                .isInstanceOf(DamagedStoreException.class)
                .hasMessage("the store " + Fixtures.file(directory)
                        + " was rolled back: its audit log has generation 3, and the file is generation 2; start a new"
                        + " audit log if a backup was put back on purpose");
        assertThatThrownBy(() -> fresh.put("a", "test-3")).isInstanceOf(DamagedStoreException.class);
    }

    @Test
    void log_cutAtItsEnd_isSaidByTheNextLine() throws Exception {
        store.put("a", "test-1");
        store.put("a", "test-2");
        store.put("a", "test-3");
        Files.write(log, lines().subList(0, 1));

        store.put("a", "test-4");

        assertThat(lines()).hasSize(3);
        assertThat(lines().get(1))
                .contains("\"verb\":\"unlogged\"")
                .contains("changes up to generation 4 have no line here");
        assertThat(store.verifyAuditLog()).isEqualTo(3);
    }

    private List<String> refusals() throws Exception {
        List<String> refusals = new ArrayList<>();
        for (String line : lines()) {
            if (line.contains("\"outcome\":\"refused")) {
                refusals.add(line.replaceAll(
                        ".*\"verb\":\"([^\"]*)\",\"secret\":\"([^\"]*)\".*\"outcome\":\"refused: ([A-Za-z]*)\".*",
                        "$1 $2 $3"));
            }
        }
        return refusals;
    }

    @Test
    void batch_refusedAsAWhole_isLoggedWithItsReason() throws Exception {
        store.put("a", "test-1");

        OperationResults results = SecretOperations.parse("""
            {"secrets_payload": [{"name": "b", "action": "create", "type": "opaque", "data": {"k": "test-2"}},
                                 {"name": "a", "action": "create", "type": "opaque", "data": {"k": "test-3"}}]}\
            """).apply(store.as("mallory"), Mode.ATOMIC);

        assertThat(results.succeeded()).isFalse();
        assertThat(results.failure()).isEmpty();
        assertThat(refusals()).containsExactly("create b SecretExistsException", "create a SecretExistsException");
        assertThat(store.list()).extracting(SecretMetadata::name).containsExactly("a");
    }

    @Test
    void batch_deletesWhatIsNotThereOrOfAnotherType_isLogged() throws Exception {
        store.put("a", "test-1");

        SecretOperations.parse("""
            {"secrets_payload": [{"name": "absent", "action": "delete"},
                                 {"name": "a", "action": "delete", "type": "container_registry"}]}\
            """).apply(store, Mode.EACH);

        assertThat(refusals())
                .containsExactly("delete absent SecretNotFoundException", "delete a InvalidSecretException");
    }

    @Test
    void put_ofOneValueIntoSeveralKeys_isLogged() throws Exception {
        store.create(StoredSecret.builder("a")
                .value("one", "test-1")
                .value("two", "test-2")
                .build());

        assertThatThrownBy(() -> store.put("a", "test-3")).isInstanceOf(InvalidSecretException.class);

        assertThat(refusals()).containsExactly("update a InvalidSecretException");
    }

    @Test
    void log_removed_isSaidByTheFirstLineOfTheNextOne() throws Exception {
        store.put("a", "test-1");
        store.put("a", "test-2");
        Files.delete(log);

        store.put("a", "test-3");

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0))
                .contains("\"verb\":\"unlogged\"")
                .contains("changes up to generation 3 have no line here");
        assertThat(store.verifyAuditLog()).isEqualTo(2);
    }

    @Test
    void log_new_hasTheModeOfTheStore() throws Exception {
        Files.setPosixFilePermissions(Fixtures.file(directory), PosixFilePermissions.fromString("rw-rw----"));

        store.put("a", "test-1");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void log_cannotBeWritten_nothingIsChanged() throws Exception {
        Path elsewhere = directory.resolve("absent").resolve("audit.jsonl");
        EncryptedSecretStore unlogged = builder().auditLog(elsewhere).open();

        assertThatThrownBy(() -> unlogged.put("a", "test-1"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("the audit log " + elsewhere
                        + " cannot be written: it does not exist, or a directory above it");

        assertThat(unlogged.list()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void log_onAFullDisk_saysThatTheStoreWasChanged() throws Exception {
        Path full = Path.of("/dev/full");
        EncryptedSecretStore unlogged = builder().auditLog(full).open();

        assertThatThrownBy(() -> unlogged.put("a", "test-1"))
                .isExactlyInstanceOf(StoreUnavailableException.class)
                .hasMessage("the store " + Fixtures.file(directory) + " was changed, but the audit log /dev/full"
                        + " cannot be written: the disk is full or the quota is used up; the next line of the log will"
                        + " say that one is missing");
        assertThatThrownBy(() -> unlogged.delete("absent"))
                .isInstanceOf(StoreFullException.class)
                .hasMessageContaining("nothing was changed");
        assertThat(unlogged.describe("a").version()).isEqualTo(1);
    }

    @Test
    void line_halfWrittenByAKilledWriter_isCutOff() throws Exception {
        store.put("a", "test-1");
        Files.writeString(log, "{\"time\":\"2026-03", StandardOpenOption.APPEND);

        store.put("a", "test-2");

        assertThat(lines()).hasSize(2);
        assertThat(store.verifyAuditLog()).isEqualTo(2);
    }

    @Test
    void line_longerThanWhatIsReadAtOnce_isFollowed() throws Exception {
        StoredSecret.Builder many = StoredSecret.builder("many");
        for (int i = 0; i < 1_000; i++) {
            many.value("key-" + i + "-" + "x".repeat(200), "test-value");
        }
        store.put("a", "test-1");
        store.create(many.build());
        Files.writeString(log, "{" + "x".repeat(100_000), StandardOpenOption.APPEND);

        store.put("a", "test-2");

        assertThat(lines()).hasSize(3);
        assertThat(store.verifyAuditLog()).isEqualTo(3);
    }
}
