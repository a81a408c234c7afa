package dev.modelsecrets.examples.secretsapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads of the nine shapes that the documents of OCI AI Blueprints show, one after the other. */
class OciDocumentsOverHttpTest {

    private static final String REGISTRIES = """
            {"secrets_payload": [
              {"name": "iad-creds", "action": "create", "type": "container_registry", "data": {
                "registry_server": "iad.ocir.io", "username": "tenancy/test@example.com",
                "password": "%1$s", "email": "test@example.com"}},
              {"name": "phx-creds", "action": "create", "type": "container_registry", "data": {
                "registry_server": "phx.ocir.io", "username": "tenancy/test@example.com",
                "password": "%1$s", "email": "test@example.com"}}]}""";

    @Test
    void payloads_ofTheDocuments_areAnsweredAsThere(@TempDir Path directory) throws Exception {
        try (RunningServer server = new RunningServer(directory)) {
            String opaque = """
                    {"secrets_payload": [{"name": "app-config", "action": "%s", "type": "opaque", "data": {
                      "database_url": "postgresql://test-host:5432/db", "api_key": "%s"}}]}""";
            assertAnswer(server, opaque.formatted("create", "test-key-1"), 200, "'app-config' created successfully");
            assertAnswer(server, opaque.formatted("update", "test-key-2"), 200, "'app-config' updated successfully");
            assertAnswer(server, """
                    {"secrets_payload": [{"name": "app-config", "action": "delete", "type": "opaque"}]}""", 200, "'app-config' deleted successfully");

            assertAnswer(server, REGISTRIES.formatted("test-token"), 200, "'phx-creds' created successfully");
            // The documents' example for an update says "create", which their own rules refuse.
            assertAnswer(server, REGISTRIES.formatted("test-token-2"), 400, "exists already");
            assertAnswer(
                    server,
                    REGISTRIES.formatted("test-token-2").replace("\"create\"", "\"update\""),
                    200,
                    "'phx-creds' updated successfully");
            assertAnswer(server, """
                    {"secrets_payload": [{"name": "iad-creds", "action": "delete"},
                                         {"name": "phx-creds", "action": "delete"}]}""", 200, "'phx-creds' deleted successfully");

            assertAnswer(server, """
                    {"secrets_payload": [{"name": "hf-secret", "action": "create", "type": "opaque",
                                          "data": {"hf-token": "hf_...<test>..."}}]}""", 200, "'hf-secret' created successfully");
            assertAnswer(server, """
                    {"secrets_payload": [
                      {"name": "ngc-secret", "action": "create", "type": "container_registry", "data": {
                        "registry_server": "nvcr.io", "username": "$oauthtoken", "password": "nvapi-...test...",
                        "email": "test@example.com"}},
                      {"name": "ngc-api-secret", "action": "create", "type": "opaque",
                       "data": {"NGC_API_KEY": "nvapi-...test..."}}]}""", 200, "'ngc-api-secret' created successfully");
            assertAnswer(server, """
                    {"secrets_payload": [{"name": "iad-creds", "action": "create", "type": "container_registry", "data": {
                      "registry_server": "iad.ocir.io", "username": "iad.ocir.io/test@example.com",
                      "password": "test-token", "email": "test@example.com"}}]}""", 200, "'iad-creds' created successfully");

            assertThat(server.get("/secrets").body())
                    .contains("\"name\":\"ngc-api-secret\",\"namespace\":\"default\",\"type\":\"Opaque\","
                            + "\"data_keys\":[\"NGC_API_KEY\"]")
                    .contains("\"name\":\"ngc-secret\",\"namespace\":\"default\","
                            + "\"type\":\"kubernetes.io/dockerconfigjson\",\"data_keys\":[\".dockerconfigjson\"]");
        }
    }

    private static void assertAnswer(RunningServer server, String payload, int status, String message)
            throws Exception {
        assertThat(server.post("/secrets/", payload))
                .satisfies(response -> assertThat(response.body()).contains(message))
                .satisfies(response -> assertThat(response.statusCode()).isEqualTo(status));
    }
}
