package dev.modelsecrets.store.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.StandardProviders;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.OperationResults;
import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.SecretMount;
import dev.modelsecrets.store.SecretOperations;
import dev.modelsecrets.store.SecretOperations.Mode;
import dev.modelsecrets.store.SecretTemplate;
import dev.modelsecrets.store.SecretType;
import dev.modelsecrets.store.StorePassword;
import dev.modelsecrets.store.StoreSecretProvider;
import dev.modelsecrets.store.StoredSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets from their creation to the models, deployments and processes that use them. */
class ManagingSecretsTest {

    @TempDir
    private Path directory;

    private EncryptedSecretStore store;

    @BeforeEach
    void createStore() throws Exception {
        Path passwordFile = Files.writeString(directory.resolve("store-password"), "test-password-of-the-store\n");
        Files.setPosixFilePermissions(
                passwordFile, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        Path file = directory.resolve("secrets.json");

        StorePassword password = StorePassword.fromFile(passwordFile);
        EncryptedSecretStore store = EncryptedSecretStore.create(file, password);

        this.store = store;
    }

    private void createSecrets() {
        String hfToken = "test-hf-token";
        store.create(StoredSecret.builder("hf-secret")
                .description("gated models")
                .value("hf-token", hfToken)
                .build());
    }

    @Test
    void secrets_management_works() {
        createSecrets();
        String newToken = "test-new-token";

        SecretMetadata current = store.describe("hf-secret");
        store.update(
                StoredSecret.changesTo("hf-secret").value("hf-token", newToken).build(), current.version());

        assertThat(store.describe("hf-secret").version()).isEqualTo(2);
        assertThat(store.list()).hasSize(1);
        store.delete("hf-secret");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void templates_andMounts_work() {
        String ngcKey = "nvapi-" + "test".repeat(10);

        store.create(SecretTemplate.NVIDIA_NGC
                .secret("ngc")
                .value("NGC_API_KEY", ngcKey)
                .build());
        store.create(StoredSecret.builder("tls")
                .mount(SecretMount.files("certificates", Map.of("server.key", "private")))
                .value("server.key", "test-key")
                .value("server.crt", "test-certificate")
                .build());
        store.attach("llm", List.of("ngc", "tls"));

        assertThat(store.attached("llm")).hasSize(2);
        assertThat(store.describe("tls").keys()).containsExactly("server.crt", "server.key");
    }

    @Test
    void models_resolve_fromTheStore() {
        createSecrets();
        store.create(StoredSecret.builder("iad-creds")
                .type(SecretType.CONTAINER_REGISTRY)
                .value("registry_server", "iad.ocir.io")
                .value("username", "test-user")
                .value("password", "test-password")
                .value("email", "test@example.com")
                .build());

        StoreSecretProvider provider = StoreSecretProvider.builder(store)
                .map("hf_access_token", "hf-secret", "hf-token")
                .dockerConfig("docker_config", "iad-creds")
                .build();
        Secrets secrets = SecretsResolver.builder()
                .providers(StandardProviders.builder()
                        .environment(Map.of())
                        .secretsDirectory(directory.resolve("no-mount"))
                        .chain())
                .provider(provider)
                .build()
                .resolve("hf_access_token", "docker_config");

        assertThat(secrets.source("hf_access_token").toString()).contains("hf-secret");
        assertThat(secrets.get("docker_config")).startsWith("{\"auths\":{\"iad.ocir.io\":");
    }

    @Test
    void blueprints_mapSecrets() {
        createSecrets();

        String triples = """
            [{"envvar_name": "HF_TOKEN", "secret_name": "hf-secret", "secret_key": "hf-token"}]\
            """;
        StoreSecretProvider provider =
                StoreSecretProvider.builder(store).environmentSecrets(triples).build();

        assertThat(SecretsResolver.of(provider).resolve("HF_TOKEN").get("HF_TOKEN"))
                .isEqualTo("test-hf-token");
    }

    @Test
    void batches_ofOci_areAppliedTogether() {
        String json = """
            {"secrets_payload": [
              {"name": "app-config", "action": "create", "type": "opaque", "data": {"api_key": "test-key"}},
              {"name": "missing", "action": "delete"}
            ]}\
            """;

        OperationResults results = SecretOperations.parse(json).apply(store, Mode.ATOMIC);
        String answer = results.toJson();

        assertThat(results.succeeded()).isFalse();
        assertThat(answer).contains("not_applied").contains("secret missing does not exist");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void password_changes_inOneCall() throws Exception {
        createSecrets();
        Path newPasswordFile = Files.writeString(directory.resolve("new-password"), "test-password-that-is-new");

        store.changePassword(StorePassword.fromFile(newPasswordFile));

        assertThat(store.list()).hasSize(1);
    }
}
