package dev.modelsecrets.vault;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoreKey;
import java.nio.file.Path;
import java.util.Map;

/** What README.md shows. */
final class ReadmeSnippet {

    private ReadmeSnippet() {}

    static Secrets resolve(String address, String roleId, String secretId, SecretProvider environment) {
        try (VaultSecretProvider vault = VaultSecretProvider.builder()
                .address(address) // or VAULT_ADDR
                .appRole(roleId, secretId) // or token(..), tokenFile(..), kubernetes(role), VAULT_TOKEN
                .keysOf("models/llm", "models/shared")
                .build()) {
            return SecretsResolver.of(environment, vault).resolve("hf_token");
        }
    }

    static VaultSecretProvider pinned(Map<String, String> variables) {
        return VaultSecretProvider.builder()
                .environment(variables)
                .secretPerName("models/") // hf_token: the key "value" of secret/data/models/hf_token
                .version("models/hf_token", "3")
                .build();
    }

    static EncryptedSecretStore store(Path file) {
        StoreKey key = VaultTransitKey.of(VaultSecretProvider.builder().kubernetes("models"), "model-secrets");
        EncryptedSecretStore store = EncryptedSecretStore.open(file, key);
        return store;
    }

    static VaultSecretProvider leases() {
        VaultSecretProvider database = VaultSecretProvider.builder()
                .kubernetes("model")
                .leases()
                .keysOf("database/creds/reader") // the names are username and password
                .build();
        return database;
    }
}
