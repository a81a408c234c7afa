package dev.modelsecrets.azure;

import static dev.modelsecrets.remote.testing.Answers.answer;
import static dev.modelsecrets.remote.testing.Answers.late;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.identity.CredentialUnavailableException;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.remote.testing.LoopbackServer.Fault.CutOff;
import dev.modelsecrets.remote.testing.LoopbackServer.Fault.Instead;
import dev.modelsecrets.remote.testing.LoopbackServer.Fault.Slow;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import dev.modelsecrets.testing.FailOnSecretLeak;
import dev.modelsecrets.testing.SecretFixture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong at Key Vault, and the words for it; every body holds a sentinel that may be in none. */
@FailOnSecretLeak
@SecretFixture(name = "sentinel", value = "test-sentinel")
class FaultsTest {

    private final LoopbackVault vault = new LoopbackVault();

    @BeforeEach
    void put() {
        vault.put("hf-token", "test-sentinel");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void find_throttledThenFine_found() {
        vault.put("hf-token", "test-value");
        Response throttled = new Response(
                429,
                Map.of("Content-Type", "application/json", "Retry-After", "1"),
                "{\"error\":{\"code\":\"Throttled\",\"message\":\"test-sentinel\"}}");
        vault.next(new Instead(throttled), new Instead(LoopbackVault.error(503, "ServiceUnavailable", null)));
        assertThat(find(vault.provider()).value()).isEqualTo("test-value");
    }

    @ParameterizedTest
    @CsvSource({
        "429, '429 (too many requests)'",
        "500, 500",
        "503, 503",
    })
    void find_busyForLongerThanTheDeadline_fails(int status, String words) {
        vault.always(busyForAnHour(status, "{\"error\":{\"code\":\"Busy\",\"message\":\"test-sentinel\"}}"));

        assertThat(failure(vault.provider()))
                .hasToString("failed: Key Vault at " + vault.url() + " answers " + words
                        + " (tried once; the time limit is 10 s)");
    }

    @Test
    void find_slow_failsAtTheDeadline() {
        vault.next(new Slow(5_000));
        assertThat(failure(vault.provider().deadline(Duration.ofMillis(700))))
                .asString()
                .matches(late("failed: Key Vault at " + vault.url(), "700 ms"));
    }

    @Test
    void find_connectionBreaksOff_fails() {
        try (AzureSecretProvider provider = vault.provider().build()) {
            provider.find(Set.of("absent"));
            vault.next(new CutOff(), new CutOff());

            assertThat(failure(provider, "hf_token"))
                    .hasToString(
                            "failed: Key Vault at " + vault.url() + " broke off the connection before its answer was"
                                    + " complete (tried twice; the time limit is 10 s)");
        }
    }

    @Test
    void find_nobodyListens_fails() {
        vault.close();

        assertThat(failure(vault.provider()))
                .hasToString("failed: Key Vault at " + vault.url() + " cannot be reached: connection refused");
    }

    @Test
    void find_unknownHost_fails() {
        assertThat(failure(AzureSecretProvider.builder()
                        .vaultUrl("https://no-such-vault.invalid")
                        .credential(Tokens.fixed("test-token-1"))))
                .hasToString(
                        "failed: Key Vault at https://no-such-vault.invalid cannot be reached: the host is unknown");
    }

    @Test
    void find_certificateIsNotTrusted_fails() {
        assertThat(failure(
                        AzureSecretProvider.builder().vaultUrl(vault.url()).credential(Tokens.fixed("test-token-1"))))
                .hasToString(
                        "failed: Key Vault at " + vault.url() + " cannot be reached: its certificate is not"
                                + " trusted, or is for another host; add its authority to the trust store of this JVM (javax.net.ssl.trustStore)");
    }

    @Test
    void find_tokenExpired_getsAnother() {
        vault.put("hf-token", "test-value");
        Queue<AccessToken> tokens = new ArrayDeque<>(List.of(
                Tokens.token("test-token-1", Duration.ofSeconds(-1)),
                Tokens.token("test-token-2", Duration.ofHours(2))));
        try (AzureSecretProvider provider =
                vault.provider(Tokens.from(tokens::remove)).build()) {
            assertThat(provider.find(Set.of("hf_token")).get("hf_token").isFound())
                    .isTrue();
            vault.token = "test-token-2";
            assertThat(provider.find(Set.of("hf_token")).get("hf_token").isFound())
                    .isTrue();
        }
        assertThat(tokens).isEmpty();
    }

    @Test
    void find_tokenRefused_fails() {
        vault.token = "test-token-2";

        assertThat(failure(vault.provider()))
                .hasToString("failed: Key Vault at " + vault.url() + " refuses the login (Unauthorized): the token has"
                        + " expired, or is of another tenant than the vault");
    }

    @Test
    void find_noCredential_saysHowToGetOne() {
        assertThat(failure(vault.provider(failing(new CredentialUnavailableException("test-detail")))))
                .hasToString("failed: Key Vault at " + vault.url() + " was not asked, as no credential was found: set"
                        + " AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, give the process a workload"
                        + " identity or a managed identity, or run az login");
    }

    @Test
    void find_loginFails_saysTheCodeOnly() {
        assertThat(failure(vault.provider(
                        failing(new ClientAuthenticationException("test-detail AADSTS7000222: test-detail", null)))))
                .hasToString("failed: Key Vault at " + vault.url() + " was not asked, as the login failed"
                        + " (AADSTS7000222): check tenant, client and secret or certificate of the credential");
    }

    @Test
    void find_credentialThatThrowsSomethingElse_saysTheClassOnly() {
        assertThat(failure(vault.provider(failing(new UnsupportedOperationException("test-detail")))))
                .hasToString("failed: Key Vault at " + vault.url() + " could not be asked: the client failed with"
                        + " java.lang.UnsupportedOperationException (its message is withheld, because it may quote a"
                        + " secret)");
    }

    @ParameterizedTest
    @CsvSource({
        "403, Forbidden, ForbiddenByRbac, ' (ForbiddenByRbac)'",
        "403, Forbidden, ForbiddenByPolicy, ' (ForbiddenByPolicy)'",
        "403, Forbidden, AccessDenied, ' (AccessDenied)'",
        "403, Forbidden, , ' (Forbidden)'",
        "403, 'no code', , ''",
    })
    void find_refused_isDenied(int status, String code, String inner, String shown) {
        vault.always(LoopbackVault.error(status, code, inner));

        assertThat(failure(vault.provider()))
                .hasToString("denied: Key Vault at " + vault.url() + " refuses to read secrets/hf-token" + shown
                        + ": grant the role Key Vault Secrets User, or the access policy's permission get");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ForbiddenByFirewall", "ForbiddenByConnection"})
    void find_fromOutsideTheNetwork_isNotDenied(String inner) {
        vault.always(LoopbackVault.error(403, "Forbidden", inner));

        assertThat(failure(vault.provider()))
                .hasToString("failed: Key Vault at " + vault.url() + " does not let this machine in (" + inner
                        + "): change the vault's network rules, or use its private endpoint");
    }

    @ParameterizedTest
    @CsvSource({
        "403, Forbidden, SecretDisabled, 'is disabled: enable it, or set a new version'",
        "403, Forbidden, SecretNotYetValid, 'is not valid yet: pin the version that is in use until then, or change"
                + " the activation date'",
        "403, Forbidden, SecretExpired, 'is expired: set a new version, or change the expiration date'",
        "409, Conflict, ObjectIsDeletedButRecoverable, 'is deleted: recover it (az keyvault secret recover), or set it"
                + " anew'",
    })
    void find_unusableSecret_failsForThisOne(int status, String code, String inner, String words) {
        vault.always(LoopbackVault.error(status, code, inner));

        assertThat(failure(vault.provider())).hasToString("failed: " + vault.url() + "/secrets/hf-token " + words);
    }

    @Test
    void find_disabledAmongOthers_namesIt() {
        vault.put("disabled", "test-sentinel", Map.of("enabled", false));
        try (AzureSecretProvider provider = vault.provider().build()) {
            assertThat(failure(provider, "hf_token", "disabled"))
                    .hasToString("failed: " + vault.url()
                            + "/secrets/disabled is disabled: enable it, or set a new version");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404, '{\"error\":{\"code\":\"SecretNotFound\",\"message\":\"test-sentinel\"}}'",
        "404, '{\"title\":\"Not Found\",\"status\":404}'",
        "404, ''",
        "400, '{\"error\":{\"code\":\"SecretNotFound\",\"message\":\"test-sentinel\"}}'",
        "400, '{\"error\":{\"code\":\"Failed to do it\",\"message\":\"Could not find test-sentinel in vault.\"}}'",
        "400, '{\"code\":\"Failed\",\"innererror\":\"x\",\"message\":\"test-sentinel was not found\"}'",
    })
    void find_missingByTheWordsOfVaultsAndTheirDoubles_isAbsent(int status, String body) {
        vault.always(Response.json(status, body));

        assertThat(find(vault.provider()).reason())
                .isEqualTo(vault.url() + "/secrets/hf-token does not exist, or is deleted");
    }

    @Test
    void find_badRequest_fails() {
        vault.always(LoopbackVault.error(400, "BadParameter", null));

        assertThat(failure(vault.provider()))
                .hasToString("failed: Key Vault at " + vault.url() + " answers 400 (BadParameter) for " + vault.url()
                        + "/secrets/hf-token");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 403, 404, 407})
    void find_pageOfAProxy_isNeitherAbsentNorDenied(int status) {
        vault.always(new Response(status, Map.of("Content-Type", "text/html"), "<html>test-sentinel"));

        assertThat(failure(vault.provider()))
                .hasToString("failed: Key Vault at " + vault.url() + " answers " + status
                        + " without an error of Key Vault: check the vault's URL, and the proxies before it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\": test-sentinel",
                "{\"value\": \"test-sentinel",
                "test-sentinel",
                "\"test-sentinel\"",
                "[\"test-sentinel\"]",
                "<html>test-sentinel",
                "{\"value\": {\"test-sentinel\": 1}}",
                "{\"value\": \"test-sentinel\", \"attributes\": \"test-sentinel\"}",
                "{\"value\": \"test-sentinel\", \"attributes\": {}}",
                "{\"value\": \"test-sentinel\", \"attributes\": {\"enabled\": true, \"nbf\": \"test-sentinel\"}}",
                "{\"value\": \"test-sentinel\", \"attributes\": {\"enabled\": \"test-sentinel\"}}",
                "{\"value\": \"test-sentinel\", \"tags\": {\"a\": {}}}",
                "{\"value\": \"test-sentinel\", \"managed\": \"test-sentinel\"}",
                ""
            })
    void find_malformedSecret_failsWithoutQuotingIt(String body) {
        vault.always(Response.json(200, body));

        assertThat(failure(vault.provider()))
                .hasToString(
                        "failed: " + vault.url() + "/secrets/hf-token came back as something that Key Vault does not"
                                + " send: check the vault's URL");
    }

    @Test
    void find_malformedError_goesByTheStatusWithoutQuotingIt() {
        vault.always(busyForAnHour(500, "{\"error\": test-sentinel"));

        assertThat(failure(vault.provider())).asString().contains(" answers 500 (tried once; ");
    }

    @Test
    void find_secretWithoutValue_fails() {
        vault.always(Response.json(200, "{\"id\": \"test-sentinel\"}"));

        assertThat(failure(vault.provider())).hasToString("failed: " + vault.url() + "/secrets/hf-token has no value");
    }

    @Test
    void find_oneDenied_theOthersCanBeRead() {
        vault.put("other", "test-value");
        vault.deny("hf-token");
        try (AzureSecretProvider provider = vault.provider().build()) {
            assertThat(failure(provider, "other", "hf_token")).matches(Lookup::isDenied);
            assertThat(provider.find(Set.of("other")).get("other").isFound()).isTrue();
        }
    }

    @Test
    void find_closed_fails() {
        AzureSecretProvider provider = vault.provider().build();
        provider.close();
        provider.close();

        assertThatThrownBy(() -> provider.find(Set.of("hf_token"))).hasMessage("azure: the provider is closed");
    }

    private static Response busyForAnHour(int status, String body) {
        return new Response(status, Map.of("Content-Type", "application/json", "Retry-After", "3600"), body);
    }

    private static TokenCredential failing(RuntimeException failure) {
        return Tokens.from(() -> {
            throw failure;
        });
    }

    private static Lookup find(AzureSecretProvider.Builder builder) {
        try (AzureSecretProvider provider = builder.build()) {
            return provider.find(Set.of("hf_token")).get("hf_token");
        }
    }

    private static Lookup failure(AzureSecretProvider.Builder builder) {
        try (AzureSecretProvider provider = builder.build()) {
            return failure(provider, "hf_token");
        }
    }

    /** Returns what a find throws, after a look at all that it would print. */
    private static Lookup failure(AzureSecretProvider provider, String... names) {
        Lookup failure = answer(provider, Set.of(names));
        assertThat(failure.toString()).doesNotContain("test-sentinel", "test-detail");
        return failure;
    }
}
