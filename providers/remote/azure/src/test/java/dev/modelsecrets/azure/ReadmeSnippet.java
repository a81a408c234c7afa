package dev.modelsecrets.azure;

import com.azure.security.keyvault.secrets.SecretClient;
import dev.modelsecrets.SecretDeclarations;

/** The examples of {@code README.md}; its test checks that they stay the same. */
final class ReadmeSnippet {

    private ReadmeSnippet() {}

    static AzureSecretProvider ownVault(SecretDeclarations declarations) {
        AzureSecretProvider vault = AzureSecretProvider.builder()
                .vaultUrl("https://models.vault.azure.net")
                .secretPerName("summarizer-") // hf_token is the secret summarizer-hf-token
                .declarations(declarations) // two names of one secret are refused here
                .build();
        return vault;
    }

    static AzureSecretProvider ownClient(SecretClient client) {
        AzureSecretProvider vault = AzureSecretProvider.builder()
                .client(client) // yours: its credential, retries and time-outs; it stays open
                .keysOf("summarizer", "shared") // JSON objects; the first that has the name wins
                .version("shared", "6a385b124def4096af1361a85b16c204")
                .build();
        return vault;
    }
}
