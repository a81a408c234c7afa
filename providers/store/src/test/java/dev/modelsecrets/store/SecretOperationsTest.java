package dev.modelsecrets.store;

import static dev.modelsecrets.store.Fixtures.registry;
import static dev.modelsecrets.store.Fixtures.secret;
import static dev.modelsecrets.store.Fixtures.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.store.OperationResult.Status;
import dev.modelsecrets.store.SecretOperations.Mode;
import dev.modelsecrets.store.functional.InMemorySecretStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretOperationsTest {

    private static final String CREATE_REGISTRY = """
        {"name": "iad-creds", "action": "create", "type": "container_registry", "data": {
          "registry_server": "iad.ocir.io", "username": "test-user",
          "password": "test-password", "email": "test@example.com"}}\
        """;

    private final SecretStore store = new InMemorySecretStore(Clock.systemUTC());

    private static SecretOperations batch(String... operations) {
        return SecretOperations.parse("{\"secrets_payload\": [" + String.join(",", operations) + "]}");
    }

    private static String create(String name) {
        return "{\"name\": \"" + name
                + "\", \"action\": \"create\", \"type\": \"opaque\", \"data\": {\"key\": \"test-of-" + name + "\"}}";
    }

    private static String update(String name, String value) {
        return "{\"name\": \"" + name + "\", \"action\": \"update\", \"type\": \"opaque\", \"data\": {\"key\": \""
                + value + "\"}}";
    }

    private static String delete(String name) {
        return "{\"name\": \"" + name + "\", \"action\": \"delete\"}";
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void create_opaqueAndRegistry_givesTheAnswerOfOci(Mode mode) {
        OperationResults results = batch(create("hf-secret"), CREATE_REGISTRY).apply(store, mode);

        assertThat(results.succeeded()).isTrue();
        assertThat(results.toJson())
                .isEqualTo("{\"operations_processed\":2,\"results\":["
                        + "{\"action\":\"create\",\"name\":\"hf-secret\",\"namespace\":\"default\",\"status\":\"success\",\"message\":\"Secret"
                        + " 'hf-secret' created successfully\"},"
                        + "{\"action\":\"create\",\"name\":\"iad-creds\",\"namespace\":\"default\",\"status\":\"success\",\"message\":\"Secret"
                        + " 'iad-creds' created successfully\"}]}");
        assertThat(value(store, "hf-secret", "key")).isEqualTo("test-of-hf-secret");
        assertThat(store.describe("iad-creds").type()).isEqualTo(SecretType.CONTAINER_REGISTRY);
    }

    @Test
    void update_someKeys_keepsTheOthers() {
        store.create(StoredSecret.builder("app-config")
                .value("key", "test-1")
                .value("other", "test-2")
                .build());

        OperationResults results = batch(update("app-config", "test-3")).apply(store, Mode.EACH);

        assertThat(results.results())
                .extracting(OperationResult::message)
                .containsExactly("Secret 'app-config' updated successfully");
        assertThat(value(store, "app-config", "key")).isEqualTo("test-3");
        assertThat(value(store, "app-config", "other")).isEqualTo("test-2");
    }

    @Test
    void delete_withAndWithoutType_works() {
        store.create(secret("a", "key", "test-value"));
        store.create(registry("b", "docker.io", "test-password"));

        OperationResults results = batch("{\"name\": \"a\", \"action\": \"delete\", \"type\": \"opaque\"}", delete("b"))
                .apply(store, Mode.EACH);

        assertThat(results.results())
                .extracting(OperationResult::message)
                .containsExactly("Secret 'a' deleted successfully", "Secret 'b' deleted successfully");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void each_someFail_carriesOutTheOthers() {
        store.create(secret("exists", "key", "test-value"));
        store.create(secret("used", "key", "test-value"));
        store.attach("llm", List.of("used"));

        OperationResults results = batch(
                        create("exists"),
                        create("new"),
                        update("missing", "test-value"),
                        delete("absent"),
                        delete("used"),
                        "{\"name\": \"exists2\", \"action\": \"delete\", \"type\": \"opaque\"}")
                .apply(store, Mode.EACH);

        assertThat(results.succeeded()).isFalse();
        assertThat(results.results())
                .extracting(result -> result.status().id())
                .containsExactly("error", "success", "error", "error", "error", "error");
        assertThat(results.results())
                .extracting(OperationResult::message)
                .containsExactly(
                        "secrets_payload[0]: secret exists exists already; update or replace it instead",
                        "Secret 'new' created successfully",
                        "secrets_payload[2]: secret missing does not exist",
                        "secrets_payload[3]: secret absent does not exist",
                        "secrets_payload[4]: secret used is in use by llm; detach it there, or delete it with force",
                        "secrets_payload[5]: secret exists2 does not exist");
        assertThat(results.results()).extracting(OperationResult::index).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(store.find("new")).isPresent();
    }

    @Test
    void atomic_oneFails_carriesOutNothing() {
        store.create(secret("exists", "key", "test-value"));

        OperationResults results =
                batch(create("new"), create("exists"), delete("missing")).apply(store, Mode.ATOMIC);

        assertThat(results.succeeded()).isFalse();
        assertThat(results.results())
                .extracting(result -> result.status().id())
                .containsExactly("not_applied", "error", "error");
        assertThat(results.results())
                .extracting(OperationResult::message)
                .first()
                .isEqualTo("not applied, because others failed");
        assertThat(results.toJson()).startsWith("{\"operations_processed\":3,");
        assertThat(store.find("new")).isEmpty();
    }

    @Test
    void atomic_wrongOperation_carriesOutNothing() {
        OperationResults results = batch(create("new"), "{\"name\": \"b\"}").apply(store, Mode.ATOMIC);

        assertThat(results.results())
                .extracting(result -> result.status().id())
                .containsExactly("not_applied", "error");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void atomic_changesThatFitTogether_areCheckedAtTheEnd() {
        store.create(secret("a", "key", "test-same"));
        store.create(secret("b", "key", "test-same"));
        store.attach("llm", List.of("a", "b"));
        SecretOperations rotate = batch(update("a", "test-rotated"), update("b", "test-rotated"));

        assertThat(rotate.apply(store, Mode.EACH).results())
                .extracting(result -> result.status().id())
                .containsExactly("error", "error");
        assertThat(rotate.apply(store, Mode.ATOMIC).succeeded()).isTrue();
        assertThat(value(store, "b", "key")).isEqualTo("test-rotated");
    }

    @Test
    void atomic_changeThatBreaksDeployment_isBlamed() {
        store.create(secret("a", "key", "test-same"));
        store.create(secret("b", "key", "test-same"));
        store.attach("llm", List.of("a", "b"));

        OperationResults results =
                batch(create("new"), update("a", "test-other")).apply(store, Mode.ATOMIC);

        assertThat(results.results())
                .extracting(result -> result.status().id())
                .containsExactly("not_applied", "error");
        assertThat(results.results())
                .extracting(OperationResult::message)
                .last()
                .isEqualTo(
                        "secrets_payload[1]: the secrets of deployment llm do not fit together: key key has different"
                                + " values in the secrets a and b");
        assertThat(value(store, "a", "key")).isEqualTo("test-same");
    }

    static Stream<Arguments> wrongOperations() {
        String data = "\"data\": {\"key\": \"test-sentinel\"}";
        return Stream.of(
                Arguments.of("1", "an operation has to be an object, and is a number"),
                Arguments.of("{\"action\": \"delete\"}", "name is missing"),
                Arguments.of("{\"name\": 7, \"action\": \"delete\"}", "name has to be a string, and is a number"),
                Arguments.of("{\"name\": \"\", \"action\": \"delete\"}", "name is empty"),
                Arguments.of(
                        "{\"name\": \"test sentinel\", \"action\": \"delete\"}",
                        "name: this is not a valid secret name: use 1 to 253 letters (a-z, A-Z), digits, '-', '_' and"
                                + " '.', and neither \".\" nor \"..\" alone"),
                Arguments.of("{\"name\": \"a\"}", "action is missing"),
                Arguments.of(
                        "{\"name\": \"a\", \"action\": \"test-sentinel\"}",
                        "action has to be create, update or delete"),
                Arguments.of("{\"name\": \"a\", \"action\": null}", "action has to be a string, and is null"),
                Arguments.of("{\"name\": \"a\", \"action\": \"create\", " + data + "}", "type is missing"),
                Arguments.of(
                        "{\"name\": \"a\", \"action\": \"create\", \"type\": \"test-sentinel\", " + data + "}",
                        "type has to be opaque or container_registry"),
                Arguments.of(
                        "{\"name\": \"a\", \"action\": \"create\", \"type\": [], " + data + "}",
                        "type has to be a string, and is an array"),
                Arguments.of("{\"name\": \"a\", \"action\": \"update\", \"type\": \"opaque\"}", "data is missing"),
                Arguments.of(
                        "{\"name\": \"a\", \"action\": \"create\", \"type\": \"opaque\", \"data\": \"test-sentinel\"}",
                        "data has to be an object, and is a string"),
                Arguments.of(
                        "{\"name\": \"a\", \"action\": \"create\", \"type\": \"opaque\", \"data\": {}}",
                        "data is empty"),
                Arguments.of(
                        "{\"name\": \"a\", \"action\": \"create\", \"type\": \"opaque\", \"data\": {\"key\": true}}",
                        "data.key has to be a string, and is a boolean"),
                Arguments.of(
                        "{\"name\": \"a\", \"action\": \"create\", \"type\": \"opaque\","
                                + " \"data\": {\"key\": \"test-1\", \"key\": \"test-2\"}}",
                        "data.key stands there twice"),
                Arguments.of(
                        "{\"name\": \"a\", \"action\": \"create\", \"type\": \"opaque\", \"data\": {\"key\": \" \"}}",
                        "the value of key key is blank, which would count as absent"),
                Arguments.of(
                        "{\"name\": \"a\", \"action\": \"create\", \"type\": \"opaque\","
                                + " \"data\": {\"test sentinel\": \"test-1\"}}",
                        "a key of data at line 1, column 100: this is not a valid secret name: use 1 to 253 letters"
                                + " (a-z, A-Z), digits, '-', '_' and '.', and neither \".\" nor \"..\" alone"),
                Arguments.of(
                        "{\"name\": \"a\", \"action\": \"delete\", \"test-sentinel\": 1}",
                        "unknown field at line 1, column 73; an operation has name, action, type and data"),
                Arguments.of(
                        "{\"name\": \"a\", \"action\": \"delete\", \"action\": \"delete\"}",
                        "the field action stands there twice"),
                Arguments.of(
                        "{\"name\": \"a\", \"action\": \"delete\", " + data + "}", "data is not allowed with delete"),
                Arguments.of(
                        "{\"name\": \"a\", \"action\": \"update\", \"type\": \"container_registry\","
                                + " \"data\": {\"password\": \"test-sentinel\"}}",
                        "a container_registry secret needs the key registry_server; a container_registry secret needs"
                                + " the key username; a container_registry secret needs the key email"));
    }

    @ParameterizedTest
    @MethodSource("wrongOperations")
    void operation_wrong_isErrorWithItsIndex(String operation, String problem) {
        for (Mode mode : Mode.values()) {
            OperationResults results = batch(operation).apply(store, mode);

            assertThat(results.succeeded()).isFalse();
            assertThat(results.results()).singleElement().satisfies(result -> {
                assertThat(result.status()).isEqualTo(Status.REFUSED);
                assertThat(result.message()).isEqualTo("secrets_payload[0]: " + problem);
            });
            assertThat(results.toJson()).doesNotContain("sentinel");
            assertThat(store.list()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void operation_sameNameTwice_isCarriedOutInOrder(Mode mode) {
        store.create(secret("a", "old", "test-old"));

        OperationResults results =
                batch(delete("a"), create("a"), update("a", "test-updated")).apply(store, mode);

        assertThat(results.results())
                .extracting(OperationResult::message)
                .containsExactly(
                        "Secret 'a' deleted successfully",
                        "Secret 'a' created successfully",
                        "Secret 'a' updated successfully");
        assertThat(store.describe("a").keys()).containsExactly("key");
        assertThat(value(store, "a", "key")).isEqualTo("test-updated");
    }

    @Test
    void each_laterOperationOfAName_seesWhatTheEarlierOneDid() {
        OperationResults results =
                batch(create("a"), create("a"), delete("a"), delete("a")).apply(store, Mode.EACH);

        assertThat(results.results())
                .extracting(OperationResult::status)
                .containsExactly(Status.SUCCESS, Status.REFUSED, Status.SUCCESS, Status.REFUSED);
    }

    @Test
    void operation_everythingWrong_isListed() {
        OperationResults results =
                batch("{\"name\": \"\", \"action\": \"create\", \"data\": {}}").apply(store, Mode.EACH);

        assertThat(results.results())
                .extracting(OperationResult::message)
                .containsExactly("secrets_payload[0]: name is empty; type is missing; data is empty");
    }

    @Test
    void delete_otherType_isRefused() {
        store.create(registry("a", "docker.io", "test-password"));

        OperationResults results = batch("{\"name\": \"a\", \"action\": \"delete\", \"type\": \"opaque\"}")
                .apply(store, Mode.EACH);

        assertThat(results.results())
                .extracting(OperationResult::message)
                .containsExactly(
                        "secrets_payload[0]: secret a is not deleted: its type is container_registry, not opaque");
        assertThat(store.find("a")).isPresent();
    }

    @Test
    void update_otherType_isRefused() {
        store.create(registry("a", "docker.io", "test-password"));

        assertThat(batch(update("a", "test-value")).apply(store, Mode.EACH).results())
                .extracting(OperationResult::message)
                .containsExactly("secrets_payload[0]: secret a cannot be changed so: its type is container_registry and"
                        + " cannot be changed to opaque");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"secrets_payload\": []}",
                "{\"secrets_payload\": {\"test-sentinel\": 1}}",
                "{\"secrets_payload\": [{\"name\": \"a\", \"action\": \"delete\"}], \"test-sentinel\": 1}",
                "{\"secrets_payload\": [1], \"secrets_payload\": [1]}",
                "{\"secrets_payload\": [{\"name\": test-sentinel}]}",
                "{\"secrets_payload\": [1]} test-sentinel"
            })
    void document_wrong_isRefusedWithoutRepeatingIt(String json) {
        assertThatThrownBy(() -> SecretOperations.parse(json))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessageStartingWith("the document is not a batch of secret operations: ")
                .hasMessageNotContaining("sentinel")
                .hasNoCause();
    }

    @Test
    void operations_toString_tellsTheirNumber() {
        SecretOperations operations = batch(create("a"), delete("b"));

        assertThat(operations.size()).isEqualTo(2);
        assertThat(operations).hasToString("SecretOperations[2]");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void store_thatFails_isFailureWithoutPath(Mode mode, @TempDir Path directory) throws Exception {
        EncryptedSecretStore broken = Fixtures.create(directory);
        Files.writeString(Fixtures.file(directory), "not a store");

        OperationResults results = batch(create("a"), create("b")).apply(broken, mode);

        assertThat(results.results()).extracting(OperationResult::status).containsExactly(Status.FAILED, Status.FAILED);
        assertThat(results.results())
                .extracting(OperationResult::message)
                .containsExactly(
                        "secrets_payload[0]: the store cannot be used: it is damaged",
                        "secrets_payload[1]: the store cannot be used: it is damaged");
        assertThat(results.failure())
                .get()
                .asString()
                .contains(Fixtures.file(directory).toString());
        assertThat(results.toJson()).doesNotContain(directory.toString());
    }
}
