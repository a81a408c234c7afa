package dev.modelsecrets.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.security.keyvault.secrets.SecretClientBuilder;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A vault at the end of a chain. */
class ChainTest {

    private final LoopbackVault vault = new LoopbackVault();
    private final AzureSecretProvider provider = vault.provider().build();

    @AfterEach
    void close() {
        provider.close();
        vault.close();
    }

    @Test
    void resolve_earlierProviderHasAll_vaultIsNotContacted() {
        SecretProvider first = SecretProvider.of("first", Map.of("hf_token", "test-first-value"));

        assertThat(SecretsResolver.of(first, provider).resolve("hf_token").require("hf_token"))
                .isEqualTo("test-first-value");
        assertThat(vault.requests()).isEmpty();
    }

    @Test
    void resolve_earlierProviderHasSome_vaultIsAskedForTheRest() {
        vault.put("s3-key", "test-vault-value");
        SecretProvider first = SecretProvider.of("first", Map.of("hf_token", "test-first-value"));

        assertThat(SecretsResolver.of(first, provider).resolve("hf_token", "s3_key"))
                .containsEntry("s3_key", "test-vault-value");
        assertThat(vault.reads()).hasSize(1);
    }

    @Test
    void resolve_cached_vaultIsAskedOnce() {
        vault.put("hf-token", "test-value");
        SecretsResolver resolver = SecretsResolver.of(SecretProvider.cached(provider, Duration.ofHours(1)));

        resolver.resolve("hf_token");
        resolver.resolve("hf_token");
        assertThat(vault.reads()).hasSize(1);
    }

    @Test
    void refresh_vaultFails_keepsTheLastGoodValue() {
        vault.put("hf-token", "test-value");
        try (RefreshingSecrets secrets =
                SecretsResolver.of(provider).refreshing(SecretDeclarations.of("hf_token"), Duration.ZERO)) {
            vault.close();

            assertThat(secrets.refresh().require("hf_token")).isEqualTo("test-value");
            assertThat(secrets.lastFailure()).isPresent();
        }
    }

    @Test
    void readmeSnippets_always_build() {
        try (AzureSecretProvider made = ReadmeSnippet.ownVault(SecretDeclarations.of("hf_token"));
                AzureSecretProvider own = ReadmeSnippet.ownClient(new SecretClientBuilder()
                        .vaultUrl("https://models.vault.azure.net")
                        .credential(Tokens.fixed("test-token-1"))
                        .buildClient())) {
            assertThat(made).hasToString("Key Vault at https://models.vault.azure.net, one secret for each name");
            assertThat(own).hasToString("Key Vault at https://models.vault.azure.net, keys of summarizer, shared");
        }
    }
}
