package dev.modelsecrets.store.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.ModelConfig;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.Fixtures;
import dev.modelsecrets.store.OperationResults;
import dev.modelsecrets.store.Placement;
import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.SecretOperations;
import dev.modelsecrets.store.SecretOperations.Mode;
import dev.modelsecrets.store.SecretStage;
import dev.modelsecrets.store.SecretTemplate;
import dev.modelsecrets.store.StoreKeyFile;
import dev.modelsecrets.store.StoreSecretProvider;
import dev.modelsecrets.store.StoredSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README of this module shows, line for line. */
class ReadmeTest {

    @TempDir
    private Path directory;

    @Test
    void first_snippet_resolves() {
        Path keyFile = directory.resolve("store.key");
        Path file = directory.resolve("secrets.json");
        String token = "test-token";

        StoreKeyFile key = StoreKeyFile.create(keyFile);
        EncryptedSecretStore store = EncryptedSecretStore.create(file, key);
        store.put("hf_access_token", token);
        Secrets secrets = SecretsResolver.of(StoreSecretProvider.of(store)).resolve("hf_access_token");

        assertThat(secrets.get("hf_access_token")).isEqualTo("test-token");
    }

    @Test
    void managing_andDeployments_work() throws Exception {
        EncryptedSecretStore store = Fixtures.create(directory);
        String token = "hf_" + "test".repeat(10);
        String newToken = "hf_" + "TEST".repeat(10);
        Path configYaml = Files.writeString(directory.resolve("config.yaml"), "secrets:\n  HF_TOKEN: null\n");

        store.create(SecretTemplate.HUGGING_FACE
                .secret("hf-secret")
                .description("gated models")
                .labels(Map.of("team", "search"))
                .rotateEvery(Duration.ofDays(90))
                .value("HF_TOKEN", token)
                .build());
        store.update(
                StoredSecret.changesTo("hf-secret").value("HF_TOKEN", newToken).build());
        store.undo("hf-secret");
        List<SecretMetadata> due = store.due(Duration.ofDays(7));

        store.put("tls", "test-certificate");
        store.attach(
                "llm", List.of("hf-secret", "tls"), ModelConfig.read(configYaml).declarations());
        List<Placement> placements = store.placements("llm", SecretStage.RUNTIME);
        StoreSecretProvider provider = StoreSecretProvider.ofPlacements(store, placements);

        assertThat(due).isEmpty();
        assertThat(SecretsResolver.of(provider).resolve("HF_TOKEN").get("HF_TOKEN"))
                .isEqualTo(token);
    }

    @Test
    void batches_areApplied() {
        EncryptedSecretStore store = Fixtures.create(directory);
        String json = "{\"secrets_payload\": [{\"name\": \"missing\", \"action\": \"delete\"}]}";

        OperationResults results = SecretOperations.parse(json).apply(store, Mode.EACH);
        String answer = results.toJson();

        assertThat(answer).contains("secret missing does not exist");
    }
}
