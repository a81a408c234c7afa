package dev.modelsecrets.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import com.azure.security.keyvault.secrets.models.SecretProperties;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.testing.SecretProviderContract;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds of every vault, on loopback or real: the contract of all providers, and what Key Vault adds to it. */
abstract class AzureSecretProviderContract implements SecretProviderContract {

    private boolean broken;

    abstract String vaultUrl();

    /** Returns what is in front of the names of this test's secrets. */
    abstract String prefix();

    /** Returns an HTTP client that trusts the vault; null for that of the client library. */
    abstract HttpClient httpClient();

    /** Returns a client that may set secrets. */
    final SecretClient admin() {
        return new SecretClientBuilder()
                .vaultUrl(vaultUrl())
                .credential(Tokens.fixed("test-token-1"))
                .httpClient(httpClient())
                .disableChallengeResourceVerification()
                .buildClient();
    }

    final AzureSecretProvider.Builder builder() {
        return AzureSecretProvider.builder()
                .vaultUrl(broken ? "https://localhost:1" : vaultUrl())
                .credential(Tokens.fixed("test-token-1"))
                .clientOptions(options -> (httpClient() == null ? options : options.httpClient(httpClient()))
                        .disableChallengeResourceVerification());
    }

    @Override
    public void store(Map<String, String> values) {
        SecretClient admin = admin();
        values.forEach((name, value) -> set(admin, name, value));
    }

    private String set(SecretClient admin, String name, String value) {
        return set(admin, new KeyVaultSecret(remoteName(name), value));
    }

    /** Sets a secret, and returns its version. */
    String set(SecretClient admin, KeyVaultSecret secret) {
        return admin.setSecret(secret).getProperties().getVersion();
    }

    final String remoteName(String name) {
        return prefix() + name.replace('_', '-');
    }

    @Override
    public SecretProvider provider() {
        return builder().secretPerName(prefix()).build();
    }

    @Override
    public void breakBackend() {
        broken = true;
    }

    @Override
    public int largestValue() {
        return 25_000;
    }

    @Test
    void find_pinnedVersion_isThatOne() {
        SecretClient admin = admin();
        String first = set(admin, "pinned_name", "test-first-value");
        set(admin, "pinned_name", "test-second-value");

        try (AzureSecretProvider latest = builder().secretPerName(prefix()).build();
                AzureSecretProvider pinned = builder()
                        .secretPerName(prefix())
                        .version(remoteName("pinned_name"), first)
                        .build()) {
            assertThat(lookup(latest, "pinned_name").value()).isEqualTo("test-second-value");
            assertThat(lookup(pinned, "pinned_name").value()).isEqualTo("test-first-value");
            assertThat(lookup(pinned, "pinned_name").location())
                    .isEqualTo(vaultUrl() + "/secrets/" + remoteName("pinned_name") + "/" + first);
        }
    }

    @Test
    void find_keysOfTwoSecrets_firstWins() {
        SecretClient admin = admin();
        set(admin, "own", "{\"a\": \"test-own-value\", \"n\": 1.10}");
        set(admin, "shared", "{\"a\": \"test-other-value\", \"b\": \"test-shared-value\"}");

        try (AzureSecretProvider provider =
                builder().keysOf(remoteName("own"), remoteName("shared")).build()) {
            Map<String, Lookup> found = provider.find(Set.of("a", "b", "n", "none"));

            assertThat(found.get("a").value()).isEqualTo("test-own-value");
            assertThat(found.get("b").value()).isEqualTo("test-shared-value");
            assertThat(found.get("n").value()).isEqualTo("1.10");
            assertThat(found.get("none").isFound()).isFalse();
        }
    }

    @Test
    void find_disabledOrNotYetValid_isNeverHandedOut() {
        SecretClient admin = admin();
        set(
                admin,
                new KeyVaultSecret(remoteName("disabled"), "test-disabled-value")
                        .setProperties(new SecretProperties().setEnabled(false)));
        set(
                admin,
                new KeyVaultSecret(remoteName("future"), "test-future-value")
                        .setProperties(new SecretProperties()
                                .setNotBefore(OffsetDateTime.now(ZoneOffset.UTC).plusDays(1))));

        for (String name : Set.of("disabled", "future")) {
            try (AzureSecretProvider provider =
                    builder().secretPerName(prefix()).build()) {
                assertThat(lookup(provider, name).isFound()).as(name).isFalse();
            } catch (SecretProviderException e) {
                assertThat(e.secretName()).contains(name);
                assertThat(e).hasMessageMatching(".* is (disabled|not valid before).*");
            }
        }
    }

    @Test
    void refresh_valueChanged_isSeen() {
        SecretClient admin = admin();
        set(admin, "rotating", "test-old-value");
        try (AzureSecretProvider provider = builder().secretPerName(prefix()).build();
                RefreshingSecrets secrets = SecretsResolver.of(SecretProvider.cached(provider, Duration.ofHours(1)))
                        .refreshing(SecretDeclarations.of("rotating"), Duration.ZERO)) {
            set(admin, "rotating", "test-new-value");
            assertThat(secrets.get().require("rotating")).isEqualTo("test-old-value");
            assertThat(secrets.refresh().require("rotating")).isEqualTo("test-new-value");
        }
    }

    private static Lookup lookup(AzureSecretProvider provider, String name) {
        return provider.find(Set.of(name)).get(name);
    }
}
