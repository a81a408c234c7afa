package dev.modelsecrets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.testing.FailOnSecretLeak;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@FailOnSecretLeak
class KubernetesSecretProviderTest {

    @TempDir
    private Path directory;

    private MockBackend backend;

    @BeforeEach
    void start() throws Exception {
        backend = new MockBackend(directory);
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    private KubernetesSecretProvider.Builder builder() {
        return KubernetesSecretProvider.builder()
                .client(backend.client())
                .namespace(backend.namespace())
                .deadline(SecretPerNameContract.PATIENCE);
    }

    private void put(String secret, String key, String value) {
        backend.put(secret, Map.of(key, value.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void find_prefixAndKey_takesThatKeyOfThatSecret() {
        put("llm-hf-token", "token", "test-value-one");

        Map<String, Lookup> found =
                builder().secretPerName("llm-").key("token").build().find(Set.of("HF_TOKEN", "other"));

        assertThat(found.get("HF_TOKEN").value()).isEqualTo("test-value-one");
        assertThat(found.get("HF_TOKEN").location())
                .isEqualTo("Secret " + backend.namespace() + "/llm-hf-token key token");
        assertThat(found.get("other").isFound()).isFalse();
    }

    @Test
    void find_mapping_isTheWholeName() {
        put("tokens.hf", "value", "test-value-one");

        assertThat(builder()
                        .secretPerName(name -> "tokens." + name.substring(0, 2))
                        .build()
                        .find(Set.of("hf_token")))
                .hasValueSatisfying(new org.assertj.core.api.Condition<>(Lookup::isFound, "found"));
    }

    @Test
    void find_missingKey_isAbsentWithNearMiss() {
        put("hf-token", "Value", "test-value-one");

        assertThat(builder().build().find(Set.of("hf_token")).get("hf_token").reason())
                .isEqualTo("Secret " + backend.namespace()
                        + "/hf-token has no key value (Value is there: names must match exactly)");
    }

    @Test
    void find_nameThatKubernetesCannotHold_isFailedAndNotAskedFor() throws Exception {
        long before = backend.requests().getAsLong();

        Lookup answer = builder().build().find(Set.of("_token")).get("_token");

        assertThat(answer.problem())
                .isEqualTo("Kubernetes can have no Secret of the name -token: a name there has lower case letters,"
                        + " digits, - and . only, and begins and ends with a letter or digit; give secretPerName(..) a"
                        + " mapping, or use keysOf(..)");
        assertThat(builder()
                        .secretPerName(name -> "../../" + name)
                        .build()
                        .find(Set.of("x"))
                        .get("x")
                        .isFound())
                .isFalse();
        assertThat(builder().build().remedy("_token")).isEmpty();
        assertThat(backend.requests()).hasValue(before);
    }

    @Test
    void find_keysOfTwo_firstWinsAndTheSecondIsReadOnlyIfNeeded() {
        put("shared", "b", "test-value-b");
        backend.put("own", Map.of("a", "test-value-a".getBytes(StandardCharsets.UTF_8), "bytes", new byte[] {-1}));
        KubernetesSecretProvider provider = builder().keysOf("own", "shared").build();

        Map<String, Lookup> found = provider.find(Set.of("a", "b"));

        assertThat(found.get("a").location()).isEqualTo("Secret " + backend.namespace() + "/own key a");
        assertThat(found.get("b").location()).isEqualTo("Secret " + backend.namespace() + "/shared key b");
        assertThat(provider.find(Set.of("c")).get("c").reason())
                .isEqualTo("Secret " + backend.namespace() + "/own has no key c; Secret " + backend.namespace()
                        + "/shared has no key c");
        backend.deny("shared");
        assertThat(provider.find(Set.of("a")).get("a").value()).isEqualTo("test-value-a");
        assertThat(provider.find(Set.of("b")).get("b").isDenied()).isTrue();
        assertThat(provider.find(Set.of("bytes")).get("bytes").problem())
                .endsWith("/own key bytes is not UTF-8 text: mount the Secret, and read its file");
    }

    @Test
    void build_twoNamesForOneSecret_isRefused() {
        SecretDeclarations declarations = SecretDeclarations.of("hf_token", "HF-TOKEN");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().declarations(declarations).build())
                .withMessageStartingWith("the names hf_token and HF-TOKEN both map to the remote secret hf-token");
        builder().declarations(declarations).keysOf("model-secrets").build();
    }

    @Test
    void build_optionsThatCannotBe_areRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> builder().kubeconfig(directory).build())
                .withMessage("choose one: client(..) or kubeconfig(..)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().namespace("a/b"))
                .withMessage("no namespace can have the name a/b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().keysOf("fine", "../other").build())
                .withMessageStartingWith("Kubernetes can have no Secret of the name ../other: ");
    }

    @Test
    void namespace_notChosen_isThatOfTheClientOrElseDefault() throws Exception {
        put("hf-token", "value", "test-value-one");

        try (KubernetesSecretProvider own = KubernetesSecretProvider.builder()
                .kubeconfig(backend.kubeconfig())
                .build()) {
            assertThat(own.find(Set.of("hf_token")).get("hf_token").location())
                    .isEqualTo("Secret " + backend.namespace() + "/hf-token key value");
        }
        Path none = Kubeconfig.insecure(directory, backend.address(), "\"\"");
        try (KubernetesSecretProvider byDefault =
                KubernetesSecretProvider.builder().kubeconfig(none).build()) {
            assertThat(byDefault.find(Set.of("hf_token")).get("hf_token").reason())
                    .isEqualTo("Secret default/hf-token does not exist in Kubernetes at " + backend.address());
        }
    }

    @Test
    void remedy_always_isACommand() throws Exception {
        String in = " -n " + backend.namespace();

        KubernetesSecretProvider asked = builder().build();
        asked.find(Set.of("hf_token"));

        assertThat(asked.remedy("hf_token"))
                .hasValue("kubectl create secret generic hf-token" + in + " --from-literal=value=...");
        assertThat(builder().keysOf("model-secrets").build().remedy("hf_token"))
                .hasValue("kubectl patch secret model-secrets" + in + " -p '{\"stringData\":{\"hf_token\":\"...\"}}'");
        assertThat(KubernetesSecretProvider.builder()
                        .kubeconfig(backend.kubeconfig())
                        .build()
                        .remedy("hf_token"))
                .hasValue("kubectl create secret generic hf-token --from-literal=value=...");
    }

    @Test
    void toString_always_hasServerAndLayout() throws Exception {
        assertThat(builder().keysOf("a", "b").build()).hasToString("Kubernetes, keys of a, b");
        assertThat(KubernetesSecretProvider.builder()
                        .kubeconfig(backend.kubeconfig())
                        .build())
                .hasToString("Kubernetes, one secret for each name");
    }

    @Test
    void create_usualConfiguration_readsItLater() {
        try (KubernetesSecretProvider provider = KubernetesSecretProvider.create()) {
            assertThat(provider).hasToString("Kubernetes, one secret for each name");
        }
    }

    @Test
    void readmeSnippet_always_builds() {
        assertThat(ReadmeSnippet.resolver(SecretDeclarations.of("hf_token"))).isNotNull();
    }

    @Test
    void close_givenClient_staysOpen() {
        KubernetesSecretProvider provider = builder().build();
        provider.find(Set.of("hf_token"));

        provider.close();
        provider.close();

        assertThat(backend.client().getHttpClient().isClosed()).isFalse();
        assertThatThrownBy(() -> provider.find(Set.of("hf_token"))).hasMessage("kubernetes: the provider is closed");
    }

    @Test
    void refresh_valueChanged_isSeenThroughACacheToo() {
        put("hf-token", "value", "test-value-one");
        KubernetesSecretProvider provider = builder().build();
        SecretProvider cached = SecretProvider.cached(provider, Duration.ofHours(1));
        SecretDeclarations declarations = SecretDeclarations.of("hf_token");

        try (provider;
                RefreshingSecrets plain = SecretsResolver.of(provider).refreshing(declarations, Duration.ZERO);
                RefreshingSecrets behind = SecretsResolver.of(cached).refreshing(declarations, Duration.ZERO)) {
            assertThat(behind.get().require("hf_token")).isEqualTo("test-value-one");
            put("hf-token", "value", "test-value-two");

            assertThat(plain.refresh().require("hf_token")).isEqualTo("test-value-two");
            assertThat(behind.refresh().require("hf_token")).isEqualTo("test-value-two");
        }
    }

    @Test
    void watch_valueChanged_isPushedWithoutAnInterval() throws Exception {
        put("hf-token", "value", "test-value-one");
        KubernetesSecretProvider provider = builder().build();
        CountDownLatch rotated = new CountDownLatch(1);

        try (provider;
                RefreshingSecrets secrets =
                        SecretsResolver.of(provider).refreshing(SecretDeclarations.of("hf_token"), Duration.ZERO)) {
            secrets.onChange(change -> rotated.countDown());
            put("hf-token", "value", "test-value-two");

            assertThat(rotated.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(secrets.get().require("hf_token")).isEqualTo("test-value-two");
        }
    }

    @Test
    void resolve_earlierProviderHasAll_contactsNothing() {
        long before = backend.requests().getAsLong();

        SecretsResolver.of(
                        SecretProvider.of("first", Map.of("hf_token", "test-value-one")),
                        builder().build())
                .resolve("hf_token");

        assertThat(backend.requests()).hasValue(before);
    }
}
