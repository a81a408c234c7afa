package dev.modelsecrets.store;

import static dev.modelsecrets.store.Fixtures.registry;
import static dev.modelsecrets.store.Fixtures.secret;
import static dev.modelsecrets.store.Fixtures.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.store.OperationResult.Status;
import dev.modelsecrets.store.SecretOperations.Mode;
import dev.modelsecrets.store.functional.InMemorySecretStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Payloads of the shapes that the documents of OCI AI Blueprints show, and operations that their JSON schema judges.
 *
 * <p>Where the store differs from the schema, it is one of the differences that the README of this module lists.
 */
class OciDocumentsTest {

    private final SecretStore store = new InMemorySecretStore(Clock.systemUTC());

    private List<Status> apply(String payload) {
        return SecretOperations.parse(payload).apply(store, Mode.EACH).results().stream()
                .map(OperationResult::status)
                .toList();
    }

    @Test
    void opaque_createUpdateDelete_work() {
        assertThat(apply("""
            {"secrets_payload": [{"name": "app-config", "action": "create", "type": "opaque", "data": {
              "database_url": "postgresql://test-host:5432/db", "api_key": "test-key-1"}}]}\
            """)).containsExactly(Status.SUCCESS);
        assertThat(apply("""
            {"secrets_payload": [{"name": "app-config", "action": "update", "type": "opaque", "data": {
              "database_url": "postgresql://test-new:5432/db", "api_key": "test-key-2"}}]}\
            """)).containsExactly(Status.SUCCESS);
        assertThat(value(store, "app-config", "api_key")).isEqualTo("test-key-2");
        // The schema forbids the type here, the example of the documents has it.
        assertThat(apply("""
            {"secrets_payload": [{"name": "app-config", "action": "delete", "type": "opaque"}]}\
            """)).containsExactly(Status.SUCCESS);
    }

    private static String registries(String action, String password) {
        return """
            {"secrets_payload": [
              {"name": "iad-creds", "action": "%1$s", "type": "container_registry", "data": {
                "registry_server": "iad.ocir.io", "username": "tenancy/test@example.com",
                "password": "%2$s", "email": "test@example.com"}},
              {"name": "phx-creds", "action": "%1$s", "type": "container_registry", "data": {
                "registry_server": "phx.ocir.io", "username": "tenancy/test@example.com",
                "password": "%2$s", "email": "test@example.com"}}]}\
            """.formatted(action, password);
    }

    @Test
    void registries_createUpdateDelete_work() {
        assertThat(apply(registries("create", "test-token"))).containsExactly(Status.SUCCESS, Status.SUCCESS);
        // The documents' example for an update says "create", which their own rules refuse.
        assertThat(apply(registries("create", "test-token-2"))).containsExactly(Status.REFUSED, Status.REFUSED);
        assertThat(apply(registries("update", "test-token-2"))).containsExactly(Status.SUCCESS, Status.SUCCESS);
        assertThat(value(store, "phx-creds", "password")).isEqualTo("test-token-2");
        assertThat(apply("""
            {"secrets_payload": [{"name": "iad-creds", "action": "delete"},
                                 {"name": "phx-creds", "action": "delete"}]}\
            """)).containsExactly(Status.SUCCESS, Status.SUCCESS);
    }

    @Test
    void workflows_ofTheDocuments_work() {
        assertThat(apply("""
            {"secrets_payload": [{"name": "hf-secret", "action": "create", "type": "opaque",
                                  "data": {"hf-token": "hf_...<test>..."}}]}\
            """)).containsExactly(Status.SUCCESS);
        assertThat(apply("""
            {"secrets_payload": [
              {"name": "ngc-secret", "action": "create", "type": "container_registry", "data": {
                "registry_server": "nvcr.io", "username": "$oauthtoken", "password": "nvapi-...test...",
                "email": "test@example.com"}},
              {"name": "ngc-api-secret", "action": "create", "type": "opaque",
               "data": {"NGC_API_KEY": "nvapi-...test..."}}]}\
            """)).containsExactly(Status.SUCCESS, Status.SUCCESS);
        assertThat(apply("""
            {"secrets_payload": [{"name": "iad-creds", "action": "create", "type": "container_registry", "data": {
              "registry_server": "iad.ocir.io", "username": "iad.ocir.io/test@example.com",
              "password": "test-token", "email": "test@example.com"}}]}\
            """)).containsExactly(Status.SUCCESS);
        assertThat(store.list()).hasSize(4);
    }

    /** What an operation has for a field: text of JSON, or nothing. */
    private static final List<String> ACTIONS = List.of("\"create\"", "\"update\"", "\"delete\"", "\"rotate\"", "");

    private static final List<String> TYPES = List.of("\"opaque\"", "\"container_registry\"", "\"tls\"", "");

    private static final Map<String, String> DATA = new TreeMap<>(Map.of(
            "none", "",
            "opaque", "{\"key\": \"test-value\"}",
            "number", "{\"key\": 1}",
            "registry",
                    "{\"registry_server\": \"docker.io\", \"username\": \"test\", \"password\": \"test\","
                            + " \"email\": \"test@example.com\"}",
            "partial", "{\"password\": \"test\"}",
            "text", "\"test-value\""));

    @Test
    void operations_ofEveryShape_areJudgedAsByTheSchema() {
        List<String> judged = new ArrayList<>();
        for (String action : ACTIONS) {
            for (String type : TYPES) {
                for (String data : DATA.keySet()) {
                    judged.add(judge(action, type, data));
                }
            }
        }
        judged.add(judge("\"create\"", "\"opaque\"", "opaque", "\"unknown\": 1"));

        assertThat(judged).hasSize(121);
        assertThat(judged)
                .filteredOn(line -> !line.isEmpty())
                .containsExactly(
                        // The documents' own example has a type beside "delete".
                        "\"delete\" \"opaque\" none: the schema says false, the store true",
                        "\"delete\" \"container_registry\" none: the schema says false, the store true");
    }

    private String judge(String action, String type, String data) {
        return judge(action, type, data, "");
    }

    /** Applies one operation to a store where it can succeed; says so if the schema judges otherwise. */
    private String judge(String action, String type, String data, String more) {
        List<String> fields = new ArrayList<>(List.of("\"name\": \"a\""));
        if (!action.isEmpty()) {
            fields.add("\"action\": " + action);
        }
        if (!type.isEmpty()) {
            fields.add("\"type\": " + type);
        }
        String content = DATA.getOrDefault(data, "");
        if (!content.isEmpty()) {
            fields.add("\"data\": " + content);
        }
        if (!more.isEmpty()) {
            fields.add(more);
        }
        boolean registry = type.contains("registry");
        SecretStore fresh = new InMemorySecretStore(Clock.systemUTC());
        if (!action.contains("create")) {
            fresh.create(registry ? registry("a", "docker.io", "test-old") : secret("a", "key", "test-old"));
        }
        boolean accepted = SecretOperations.parse("{\"secrets_payload\": [{" + String.join(", ", fields) + "}]}")
                .apply(fresh, Mode.EACH)
                .succeeded();
        boolean valid = more.isEmpty() && isValid(action, type, data);
        return accepted == valid
                ? ""
                : action + " " + type + " " + data + ": the schema says " + valid + ", the store " + accepted;
    }

    /** The rules of the schema, in words of ours. */
    private static boolean isValid(String action, String type, String data) {
        return switch (action) {
            case "\"create\"", "\"update\"" ->
                switch (type) {
                    case "\"opaque\"" ->
                        List.of("opaque", "registry", "partial").contains(data);
                    case "\"container_registry\"" -> data.equals("registry");
                    default -> false;
                };
            case "\"delete\"" -> type.isEmpty() && data.equals("none");
            default -> false;
        };
    }
}
