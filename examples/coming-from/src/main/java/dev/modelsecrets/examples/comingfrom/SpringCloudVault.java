package dev.modelsecrets.examples.comingfrom;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import dev.modelsecrets.vault.VaultSecretProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The code of {@code spring-cloud-vault.md}. */
final class SpringCloudVault {

    private SpringCloudVault() {}

    static VaultSecretProvider vault(String address, Path tokenFile) {
        VaultSecretProvider vault = VaultSecretProvider.builder()
                .address(address) // spring.cloud.vault.uri
                .tokenFile(tokenFile) // or token(..), appRole(..), kubernetes(role)
                .keysOf("summarizer/production", "summarizer", "application") // the first that has a key wins
                .build();
        return vault;
    }

    static Secrets secrets(VaultSecretProvider vault, Map<String, String> environment) {
        SecretsResolver resolver = SecretsResolver.of(
                EnvironmentSecretProvider.of(environment), // TRUSS_SECRET_hf_token overrides Vault for one run
                vault);
        Secrets secrets = resolver.resolve("hf_token", "s3_bucket");
        return secrets;
    }

    static RefreshingSecrets refreshing(VaultSecretProvider vault) {
        RefreshingSecrets secrets =
                SecretsResolver.of(vault).refreshing(Duration.ofMinutes(5), "hf_token"); // instead of @RefreshScope
        return secrets;
    }
}
