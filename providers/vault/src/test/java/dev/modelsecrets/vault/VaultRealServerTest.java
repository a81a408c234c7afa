package dev.modelsecrets.vault;

import io.github.jopenlibs.vault.json.Json;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same against a real Vault: {@code -Dit.vault=<url> -Dit.vault.token=<root token>}. */
@EnabledIfSystemProperty(named = "it.vault", matches = ".+")
class VaultRealServerTest {

    @Nested
    class SecretPerName extends VaultContract.OnServer {
        SecretPerName() {
            super(false);
        }
    }

    @Nested
    class KeysOf extends VaultContract.OnServer {
        KeysOf() {
            super(true);
        }
    }

    @Nested
    class Answers extends VaultAnswers {

        @Override
        VaultAdmin connect() {
            return new VaultAdmin(System.getProperty("it.vault"), rootToken());
        }

        @Override
        String rootToken() {
            return System.getProperty("it.vault.token");
        }

        @Override
        String plainMount(String value) throws Exception {
            admin.mount("sys/mounts/" + admin.id, "{\"type\":\"kv\",\"options\":{\"version\":\"1\"}}");
            admin.call("POST", admin.id + "/llm", "{\"hf_token\":\"" + value + "\"}");
            return admin.id;
        }

        @Override
        String[] appRole() throws Exception {
            admin.mount("sys/auth/" + admin.id, "{\"type\":\"approle\"}");
            String role = "auth/" + admin.id + "/role/models";
            admin.call("POST", role, "{\"token_policies\":\"" + admin.id + "\",\"token_ttl\":\"5m\"}");
            return new String[] {
                admin.id, data("GET", role + "/role-id", "role_id"), data("POST", role + "/secret-id", "secret_id")
            };
        }

        private String data(String method, String path, String key) throws Exception {
            return Json.parse(admin.call(method, path, ""))
                    .asObject()
                    .get("data")
                    .asObject()
                    .getString(key, "");
        }
    }
}
