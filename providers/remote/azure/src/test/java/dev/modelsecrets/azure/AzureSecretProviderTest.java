package dev.modelsecrets.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AzureSecretProviderTest {

    private final LoopbackVault vault = new LoopbackVault();

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void find_defaults_mapsUnderscoresAndDotsToDashes() {
        vault.put("svc-api-key", "test-value");

        Lookup found = find(vault.provider(), "svc.api_key");

        assertThat(found.value()).isEqualTo("test-value");
        assertThat(found.location()).isEqualTo(vault.url() + "/secrets/svc-api-key");
    }

    @Test
    void find_absent_saysWhere() {
        assertThat(find(vault.provider().secretPerName("models-"), "hf_token").reason())
                .isEqualTo(vault.url() + "/secrets/models-hf-token does not exist, or is deleted");
    }

    @Test
    void find_ownMapping_isTheWholeName() {
        vault.put("HuggingFace", "test-value");

        assertThat(find(vault.provider().secretPerName(name -> "HuggingFace"), "hf_token")
                        .value())
                .isEqualTo("test-value");
    }

    @Test
    void find_key_isThatOfTheJson() {
        vault.put("hf-token", "{\"value\": \"test-value\", \"owner\": \"me\"}");

        assertThat(find(vault.provider().key("value"), "hf_token").value()).isEqualTo("test-value");
    }

    @Test
    void find_nameThatKeyVaultCannotHold_failsAndNobodyIsAsked() {
        String longest = "x".repeat(128);

        assertThat(find(vault.provider(), longest).problem())
                .isEqualTo("Key Vault can have no secret of the name " + longest
                        + ": use 1 to 127 letters, digits and dashes; give secretPerName(..) a mapping");
        assertThat(find(vault.provider().secretPerName("models/"), "x").problem())
                .startsWith("Key Vault can have no secret of the name models/x");
        assertThat(vault.requests()).isEmpty();
    }

    @Test
    void find_namesThatMapToOneSecret_fails() {
        try (AzureSecretProvider provider = vault.provider().build()) {
            assertThat(provider.find(Set.of("API_KEY", "api.key")).values())
                    .extracting(Lookup::problem)
                    .allMatch(problem -> problem.contains(" both map to the remote secret "));
        }
        assertThat(vault.requests()).isEmpty();
    }

    @Test
    void find_expired_isHandedOutWithOneWarning() {
        vault.put("hf-token", "test-value", Map.of("exp", 1_700_000_000L));
        Queue<String> warnings = new ConcurrentLinkedQueue<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord log) {
                warnings.add(log.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.modelsecrets");
        logger.addHandler(handler);
        try (AzureSecretProvider provider = vault.provider().build()) {
            provider.find(Set.of("hf_token"));

            assertThat(provider.find(Set.of("hf_token")).get("hf_token").value())
                    .isEqualTo("test-value");
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(warnings)
                .containsOnlyOnce(vault.url() + "/secrets/hf-token expired at 2023-11-14T22:13:20Z and is still handed"
                        + " out, as Key Vault does");
    }

    @Test
    void find_notYetValid_failsWithTheDate() {
        vault.put("hf-token", "test-value", Map.of("nbf", 4_102_444_800L));

        assertThat(find(vault.provider(), "hf_token"))
                .hasToString(
                        "failed: " + vault.url() + "/secrets/hf-token is not valid before 2100-01-01T00:00:00Z: pin"
                                + " the version that is in use until then, or change the activation date");
    }

    @Test
    void find_olderVersionPinnedWhileTheLatestIsNotYetValid_found() {
        String first = vault.put("hf-token", "test-value");
        vault.put("hf-token", "test-later-value", Map.of("nbf", 4_102_444_800L));

        assertThat(find(vault.provider().version("HF-Token", first), "hf_token").value())
                .isEqualTo("test-value");
    }

    @Test
    void find_manyNames_isOneChallengeEachAtMostAndOneReadEach() {
        for (int i = 0; i < 20; i++) {
            vault.put("name-" + i, "test-value-" + i);
        }
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < 20; i++) {
            names.add("name_" + i);
        }
        try (AzureSecretProvider provider = vault.provider().build()) {
            assertThat(provider.find(names))
                    .hasSize(20)
                    .allSatisfy((name, lookup) -> assertThat(lookup.isFound()).isTrue());
            int first = vault.requests().size();
            assertThat(vault.reads()).hasSize(20);
            assertThat(first - 20).isBetween(1, 8);
            provider.find(names);
            assertThat(vault.requests()).hasSize(first + 20);
            assertThat(vault.requests())
                    .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));
        }
    }

    @Test
    void find_givenClient_usesItAndLeavesItOpen() {
        vault.put("hf-token", "test-value");
        SecretClient client = ownClient();

        assertThat(find(AzureSecretProvider.builder().client(client), "hf_token")
                        .value())
                .isEqualTo("test-value");
        assertThat(client.getSecret("hf-token").getValue()).isEqualTo("test-value");
    }

    /** What the client library logs of it is up to whoever made the client. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"value\": test-sentinel", "\"test-sentinel\""})
    void find_givenClientAndMalformedSecret_failsWithoutQuotingIt(String body) {
        vault.always(Response.json(200, body));

        assertThat(find(AzureSecretProvider.builder().client(ownClient()), "hf_token"))
                .hasToString(
                        "failed: " + vault.url() + "/secrets/hf-token came back as something that Key Vault does not"
                                + " send: check the vault's URL");
    }

    @Test
    void find_loginForAnotherDomain_fails() {
        AzureSecretProvider.Builder builder = AzureSecretProvider.builder()
                .vaultUrl(vault.url())
                .credential(Tokens.fixed("test-token-1"))
                .clientOptions(options -> options.httpClient(LoopbackVault.trustingHttpClient()));

        assertThat(find(builder, "hf_token"))
                .hasToString("failed: Key Vault at " + vault.url() + " was not asked: it asks for a login at a"
                        + " domain that does not match its host name. Use the vault's own host name, or give a client(..) with"
                        + " disableChallengeResourceVerification()");
    }

    @Test
    void remedy_bothLayouts_isACommandOrSaysTheKey() {
        try (AzureSecretProvider perName = builder().secretPerName("models-").build();
                AzureSecretProvider keys = builder().keysOf("own", "shared").build()) {
            assertThat(perName.remedy("hf_token"))
                    .contains("az keyvault secret set --vault-name models --name models-hf-token --value ...");
            assertThat(keys.remedy("hf_token"))
                    .contains("put the key hf_token into the JSON object of"
                            + " https://models.vault.azure.net/secrets/own");
            assertThat(perName).hasToString("Key Vault at https://models.vault.azure.net, one secret for each name");
            assertThat(keys).hasToString("Key Vault at https://models.vault.azure.net, keys of own, shared");
        }
    }

    @Test
    void build_declaredNamesThatMapToOne_areRefused() {
        AzureSecretProvider.Builder builder = builder();

        for (String other : List.of("hf-token", "HF_TOKEN", "Hf.Token")) {
            assertThatThrownBy(() -> builder.declarations(SecretDeclarations.of("hf_token", other))
                            .build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the names hf_token and " + other + " both map to the remote secret ");
        }
    }

    @Test
    void build_neitherOrBothOfClientAndVault_isRefused() {
        SecretClient client = new SecretClientBuilder()
                .vaultUrl("https://models.vault.azure.net")
                .credential(Tokens.fixed("test-token-1"))
                .buildClient();

        assertThatThrownBy(() ->
                        AzureSecretProvider.builder().environment(Map.of()).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("which vault? Call vaultUrl(..) or client(..), or set AZURE_KEYVAULT_URL");
        assertThatThrownBy(() -> builder().client(client).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("a client brings its vault and credential");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://models.vault.azure.net",
                "models.vault.azure.net",
                "https:///x",
                "https://me:test-password@models.vault.azure.net",
                "https://models.vault.azure.net/secrets/x",
                "https://models.vault.azure.net?x=test-password"
            })
    void vaultUrl_notTheHttpsUrlOfAHost_isRefused(String url) {
        assertThatThrownBy(() -> AzureSecretProvider.builder().vaultUrl(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the vault URL must be https and a host, such as https://models.vault.azure.net");
    }

    @Test
    void vaultUrl_trailingSlash_isLeftOut() {
        assertThat(AzureSecretProvider.builder()
                        .vaultUrl("https://models.vault.azure.net/")
                        .build())
                .hasToString("Key Vault at https://models.vault.azure.net, one secret for each name");
    }

    @Test
    void options_outOfRange_areRefused() {
        assertThatThrownBy(() -> builder().version("hf_token", "1"))
                .hasMessage("a version is pinned by the name and the version that a secret has in Key Vault, which are"
                        + " letters, digits and dashes: hf_token, 1");
        assertThatThrownBy(() -> builder().version("hf-token", "../other"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder().deadline(Duration.ZERO).build())
                .hasMessage("the deadline must be between a millisecond and a day");
        assertThatThrownBy(() -> builder().secretPerName("a").keysOf("b").build())
                .hasMessage("choose one layout: secretPerName(..) or keysOf(..)");
    }

    private SecretClient ownClient() {
        return new SecretClientBuilder()
                .vaultUrl(vault.url())
                .credential(Tokens.fixed("test-token-1"))
                .httpClient(LoopbackVault.trustingHttpClient())
                .disableChallengeResourceVerification()
                .buildClient();
    }

    private static AzureSecretProvider.Builder builder() {
        return AzureSecretProvider.builder().vaultUrl("https://models.vault.azure.net");
    }

    private static Lookup find(AzureSecretProvider.Builder builder, String name) {
        try (AzureSecretProvider provider = builder.build()) {
            return provider.find(Set.of(name)).get(name);
        }
    }
}
