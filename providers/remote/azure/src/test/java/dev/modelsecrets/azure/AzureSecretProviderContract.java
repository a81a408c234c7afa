package dev.modelsecrets.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.testing.SecretProviderContract;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds of every vault, on loopback or real: the contract of all providers, and what Key Vault adds to it. */
abstract class AzureSecretProviderContract implements SecretProviderContract {

    private boolean broken;

    /** Returns the vault's URL, without a slash at its end. */
    abstract String vaultUrl();

    /** Returns a token that may set, read and delete secrets. */
    abstract String token();

    /** Returns what begins the names of this test's secrets. */
    abstract String prefix();

    /** Begins an HTTP client that trusts the vault. */
    abstract HttpClient.Builder http();

    final AzureSecretProvider.Builder builder() {
        return AzureSecretProvider.builder()
                .vaultUrl(broken ? "https://localhost:1" : vaultUrl())
                .credential(Tokens.fixed(token()))
                .clientOptions(options -> options.httpClient(new JdkHttpClientBuilder(http()).build())
                        .disableChallengeResourceVerification());
    }

    final VaultAdmin admin() {
        return new VaultAdmin(http().build(), vaultUrl(), token());
    }

    /** Sets a secret, and returns its version. */
    String set(VaultAdmin admin, String remoteName, String value, Map<String, Object> attributes) throws Exception {
        return admin.set(remoteName, value, attributes);
    }

    private String set(VaultAdmin admin, String name, String value) throws Exception {
        return set(admin, remoteName(name), value, Map.of("enabled", true));
    }

    final String remoteName(String name) {
        return prefix() + name.replace('_', '-');
    }

    @Override
    public void store(Map<String, String> values) throws Exception {
        VaultAdmin admin = admin();
        for (Map.Entry<String, String> value : values.entrySet()) {
            set(admin, value.getKey(), value.getValue());
        }
    }

    @Override
    public AzureSecretProvider provider() {
        return secretPerName();
    }

    private AzureSecretProvider secretPerName() {
        return builder().secretPerName(prefix()).build();
    }

    @Override
    public void breakBackend() {
        broken = true;
    }

    /** Key Vault holds 25 KB. */
    @Override
    public int largestValue() {
        return 25_000;
    }

    @Test
    void find_pinnedVersion_isThatOne() throws Exception {
        VaultAdmin admin = admin();
        String first = set(admin, "pinned_name", "test-first-value");
        set(admin, "pinned_name", "test-second-value");

        try (AzureSecretProvider latest = secretPerName();
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
    void find_keysOfTwoSecrets_firstWins() throws Exception {
        VaultAdmin admin = admin();
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

    /** A test double may well call a disabled secret missing. */
    @Test
    void find_disabledOrNotYetValid_isNeverHandedOut() throws Exception {
        VaultAdmin admin = admin();
        long tomorrow = Instant.now().plus(Duration.ofDays(1)).getEpochSecond();
        set(admin, remoteName("disabled"), "test-disabled-value", Map.of("enabled", false));
        set(admin, remoteName("future"), "test-future-value", Map.of("enabled", true, "nbf", tomorrow));

        for (String name : Set.of("disabled", "future")) {
            try (AzureSecretProvider provider = secretPerName()) {
                Lookup lookup = lookup(provider, name);
                assertThat(lookup.isFound()).as(name).isFalse();
                assertThat(lookup.isAbsent() || lookup.problem().matches(".* is (disabled|not valid before).*"))
                        .as(lookup.toString())
                        .isTrue();
            }
        }
    }

    @Test
    void refresh_valueChanged_isSeen() throws Exception {
        VaultAdmin admin = admin();
        set(admin, "rotating", "test-old-value");
        try (AzureSecretProvider provider = secretPerName();
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
