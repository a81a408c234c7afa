package dev.modelsecrets.vault;

import static dev.modelsecrets.remote.testing.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.testing.FailOnSecretLeak;
import dev.modelsecrets.testing.FixtureSecrets;
import io.github.jopenlibs.vault.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Vault's own answers are made into; the same for ours on loopback and a real one. */
@FailOnSecretLeak
abstract class VaultAnswers {

    private static final String VALUE = "test-value-of-hf-token";

    VaultAdmin admin;
    private String token;

    /** Connects to the server. */
    abstract VaultAdmin connect() throws Exception;

    /** Returns a token that may do everything. */
    abstract String rootToken();

    @BeforeEach
    void grant() throws Exception {
        FixtureSecrets.of(Map.of("hf_token", VALUE)); // watched for from now on
        admin = connect();
        token = admin.token();
    }

    @AfterEach
    void cleanUp() throws Exception {
        admin.cleanUp();
    }

    private VaultSecretProvider.Builder builder() {
        return VaultSecretProvider.builder().environment(Map.of()).address(admin.address);
    }

    private VaultSecretProvider.Builder perName() {
        return builder().token(token).secretPerName(admin.path(""));
    }

    private String found(VaultSecretProvider provider, String name) {
        return provider.find(Set.of(name)).get(name).value();
    }

    private String where(String name) {
        return "secret/data/" + admin.path(name);
    }

    @Test
    void find_stored_foundWithItsPath() throws Exception {
        admin.write("hf_token", Map.of("value", VALUE));
        try (VaultSecretProvider provider = perName().build()) {
            assertThat(provider.find(Set.of("hf_token")).get("hf_token").location())
                    .isEqualTo(where("hf_token") + " key value");
        }
    }

    @Test
    void find_noSuchSecret_absentWithItsPath() {
        try (VaultSecretProvider provider = perName().build()) {
            assertThat(provider.find(Set.of("hf_token")).get("hf_token").reason())
                    .isEqualTo(where("hf_token") + " does not exist in Vault at " + admin.address);
        }
    }

    @Test
    void find_noSuchKey_absentWithNearMiss() throws Exception {
        admin.write("hf_token", Map.of("Value", VALUE));
        try (VaultSecretProvider provider = perName().build()) {
            assertThat(provider.find(Set.of("hf_token")).get("hf_token").reason())
                    .startsWith(where("hf_token") + " has no key value")
                    .contains("Value");
        }
    }

    /** Numbers that Vault itself keeps as they are; see the other test for those that it may not. */
    @Test
    void find_otherTypes_asAuthSecretHasThem() throws Exception {
        admin.write(
                "llm",
                "{\"number\":42.5,\"flag\":true,\"none\":null,\"nested\":{\"b\":[1.5, \"x\"]},\"text\":\"0123\"}");
        try (VaultSecretProvider provider =
                builder().token(token).keysOf(admin.path("llm")).build()) {
            assertThat(found(provider, "number")).isEqualTo("42.5");
            assertThat(found(provider, "flag")).isEqualTo("true");
            assertThat(found(provider, "nested")).isEqualTo("{\"b\":[1.5,\"x\"]}");
            assertThat(found(provider, "text")).isEqualTo("0123");
            assertThat(provider.find(Set.of("none")).get("none").reason())
                    .isEqualTo(where("llm") + " has the key none as null");
        }
    }

    @Test
    void find_listOfSecrets_firstWins() throws Exception {
        admin.write("first", Map.of("both", "test-value-1"));
        admin.write("second", Map.of("both", "test-value-2", "one", "test-value-3"));
        try (VaultSecretProvider provider = builder()
                .token(token)
                .keysOf(admin.path("first"), admin.path("second"))
                .build()) {
            assertThat(found(provider, "both")).isEqualTo("test-value-1");
            assertThat(found(provider, "one")).isEqualTo("test-value-3");
        }
    }

    @Test
    void find_version_pinned() throws Exception {
        admin.write("hf_token", Map.of("value", VALUE));
        admin.write("hf_token", Map.of("value", "test-value-2"));
        try (VaultSecretProvider pinned =
                        perName().version(admin.path("hf_token"), "1").build();
                VaultSecretProvider latest = perName().build();
                VaultSecretProvider missing =
                        perName().version(admin.path("hf_token"), "9").build()) {
            assertThat(found(pinned, "hf_token")).isEqualTo(VALUE);
            assertThat(found(latest, "hf_token")).isEqualTo("test-value-2");
            assertThat(missing.find(Set.of("hf_token")).get("hf_token").reason())
                    .isEqualTo(where("hf_token") + " version 9 does not exist in Vault at " + admin.address);
        }
    }

    @Test
    void find_softDeleted_failsAndSaysSo() throws Exception {
        admin.write("hf_token", Map.of("value", VALUE));
        admin.softDelete("hf_token");
        try (VaultSecretProvider provider = perName().build()) {
            assertThat(answer(provider, Set.of("hf_token")))
                    .hasToString("failed: version 1 of " + where("hf_token")
                            + " is deleted: undelete it, or write a new one");
        }
    }

    @Test
    void find_destroyed_failsAndSaysSo() throws Exception {
        admin.write("hf_token", Map.of("value", VALUE));
        admin.destroy("hf_token", 1);
        try (VaultSecretProvider provider = perName().build()) {
            assertThat(answer(provider, Set.of("hf_token")))
                    .hasToString("failed: version 1 of " + where("hf_token") + " is destroyed: write a new one");
        }
    }

    @Test
    void find_denied_namesTheRight() throws Exception {
        admin.write("hf_token", Map.of("value", VALUE));
        admin.policy("hf_token");
        try (VaultSecretProvider provider = perName().build()) {
            assertThat(answer(provider, Set.of("hf_token")))
                    .hasToString("denied: Vault at " + admin.address + " refuses to read " + where("hf_token")
                            + ": grant the capability read on that path");
        }
    }

    @Test
    void find_revokedToken_isNoDeniedAccess() throws Exception {
        admin.revoke(token);
        try (VaultSecretProvider provider = perName().build()) {
            assertThat(answer(provider, Set.of("hf_token")))
                    .hasToString("failed: Vault at " + admin.address + " rejected the token:"
                            + " it has expired, was revoked, or belongs to another Vault; give a new one");
        }
    }

    @Test
    void find_version1_found() throws Exception {
        String mount = admin.id;
        admin.make("sys/mounts/" + mount, "{\"type\":\"kv\",\"options\":{\"version\":\"1\"}}");
        admin.call("POST", mount + "/llm", "{\"hf_token\":\"" + VALUE + "\"}");
        try (VaultSecretProvider provider = builder()
                .token(rootToken())
                .mount(mount)
                .engineVersion(1)
                .keysOf("llm")
                .build()) {
            assertThat(found(provider, "hf_token")).isEqualTo(VALUE);
            assertThat(provider.find(Set.of("other")).get("other").reason()).isEqualTo(mount + "/llm has no key other");
        }
    }

    @Test
    void find_version2AskedAs1_saysWhichOption() throws Exception {
        admin.write("hf_token", Map.of("value", VALUE));
        try (VaultSecretProvider provider = builder()
                .token(rootToken())
                .engineVersion(1)
                .secretPerName(admin.path(""))
                .build()) {
            assertThat(answer(provider, Set.of("hf_token")))
                    .hasToString("failed: Vault at " + admin.address
                            + " has a KV version 2 engine at secret: use engineVersion(2)");
        }
    }

    @Test
    void find_nothingMounted_saysWhichOption() {
        try (VaultSecretProvider provider =
                builder().token(rootToken()).mount("team/nothing-here").build()) {
            assertThat(answer(provider, Set.of("hf_token")))
                    .hasToString("failed: Vault at " + admin.address
                            + " has nothing mounted at team/nothing-here: use mount(..)");
        }
    }

    @Test
    void find_appRole_found() throws Exception {
        admin.write("hf_token", Map.of("value", VALUE));
        makeAppRole();
        String roleId = role("GET", "/role-id", "role_id");
        String secretId = role("POST", "/secret-id", "secret_id");
        try (VaultSecretProvider provider = builder()
                .authMount(admin.id)
                .appRole(roleId, secretId)
                .secretPerName(admin.path(""))
                .build()) {
            assertThat(found(provider, "hf_token")).isEqualTo(VALUE);
        }
    }

    @Test
    void find_wrongSecretId_saysWhatToCheck() throws Exception {
        makeAppRole();
        String roleId = role("GET", "/role-id", "role_id");
        try (VaultSecretProvider provider =
                builder().authMount(admin.id).appRole(roleId, "test-wrong-id").build()) {
            assertThat(answer(provider, Set.of("hf_token")))
                    .hasToString("failed: Vault at " + admin.address + " rejected the login by AppRole at auth/"
                            + admin.id + ": check the role id and the secret id (400)");
        }
    }

    private void makeAppRole() throws Exception {
        admin.make("sys/auth/" + admin.id, "{\"type\":\"approle\"}");
        role("POST", "", "");
    }

    private String role(String method, String what, String key) throws Exception {
        String body = what.isEmpty() ? "{\"token_policies\":\"" + admin.id + "\",\"token_ttl\":\"5m\"}" : "";
        String answer = admin.call(method, "auth/" + admin.id + "/role/models" + what, body);
        return key.isEmpty()
                ? ""
                : Json.parse(answer).asObject().get("data").asObject().getString(key, "");
    }

    @Test
    void refresh_newVersion_isSeen() throws Exception {
        admin.write("hf_token", Map.of("value", VALUE));
        try (VaultSecretProvider provider = perName().build();
                RefreshingSecrets secrets =
                        SecretsResolver.of(provider).refreshing(SecretDeclarations.of("hf_token"), Duration.ZERO)) {
            assertThat(secrets.get().require("hf_token")).isEqualTo(VALUE);
            admin.write("hf_token", Map.of("value", "test-value-2"));
            assertThat(secrets.refresh().require("hf_token")).isEqualTo("test-value-2");
        }
    }
}
