package dev.modelsecrets.store;

import static dev.modelsecrets.store.Fixtures.registry;
import static dev.modelsecrets.store.Fixtures.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.store.functional.InMemorySecretStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreSecretProviderTest {

    private final SecretStore store = new InMemorySecretStore(Clock.systemUTC());

    private static Lookup find(StoreSecretProvider provider, String name) {
        return provider.find(Set.of(name)).get(name);
    }

    @Test
    void secret_itsKeys_resolveUnderTheirOwnNames() {
        store.create(StoredSecret.builder("aws")
                .value("AWS_ACCESS_KEY_ID", "test-id")
                .value("AWS_SECRET_ACCESS_KEY", "test-secret")
                .build());

        Secrets secrets = SecretsResolver.of(StoreSecretProvider.ofSecret(store, "aws"))
                .resolve("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");

        assertThat(secrets.get("AWS_ACCESS_KEY_ID")).isEqualTo("test-id");
        assertThat(secrets.get("AWS_SECRET_ACCESS_KEY")).isEqualTo("test-secret");
    }

    @Test
    void secret_missingOrWithoutTheKey_isAbsentWithTheReason() {
        StoreSecretProvider provider = StoreSecretProvider.ofSecret(store, "aws");
        assertThat(find(provider, "AWS_ACCESS_KEY_ID").reason()).isEqualTo("the store in memory has no secret aws");

        store.create(secret("aws", "AWS_ACCESS_KEY_ID", "test-id"));
        assertThat(find(provider, "AWS_SECRET_ACCESS_KEY").reason())
                .isEqualTo("no such key in the secret aws of the store in memory");
        assertThat(find(provider, "AWS_ACCESS_KEY_ID").location())
                .isEqualTo("secret aws, key AWS_ACCESS_KEY_ID of the store in memory");
    }

    @Test
    void missing_message_saysWhereToPutIt() {
        store.create(secret("hf-secret", "other", "test-token"));

        assertThatThrownBy(() -> SecretsResolver.of(StoreSecretProvider.builder(store)
                                .map("hf_access_token", "hf-secret", "hf-token")
                                .build())
                        .resolve("hf_access_token"))
                .isInstanceOf(MissingSecretsException.class)
                .hasMessageContaining("the secret hf-secret of the store in memory has no key hf-token")
                .hasMessageContaining("put the key hf-token into the secret hf-secret of the store in memory");
        assertThat(StoreSecretProvider.ofSecret(store, "hf-secret").remedy("x"))
                .contains("put the key x into the secret hf-secret of the store in memory");
        assertThat(StoreSecretProvider.ofDeployment(store, "llm").remedy("x")).isEmpty();
    }

    @Test
    void map_oneKey_resolvesUnderAnotherName() {
        store.create(secret("hf-secret", "hf-token", "test-token"));
        StoreSecretProvider provider = StoreSecretProvider.builder(store)
                .map("hf_access_token", "hf-secret", "hf-token")
                .build();

        assertThat(find(provider, "hf_access_token").value()).isEqualTo("test-token");
        assertThat(find(provider, "hf-token").reason()).isEqualTo("maps no such name to the store in memory");
        assertThat(provider).hasToString("StoreSecretProvider[store in memory]");
        assertThat(provider.name()).isEqualTo("store");
    }

    @Test
    void map_nameTwice_isRefused() {
        StoreSecretProvider.Builder builder = StoreSecretProvider.builder(store).map("a", "secret", "key");

        assertThatThrownBy(() -> builder.map("a", "secret", "other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name a is mapped already");
        assertThatThrownBy(() -> builder.dockerConfig("a", "iad-creds")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.map("no name", "secret", "key"))
                .isInstanceOf(InvalidSecretNameException.class);
        assertThatThrownBy(() -> builder.dockerConfig("b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secrets_withSameKey_areRefusedUnlessMapped() {
        store.create(secret("a", "token", "test-1"));
        store.create(secret("b", "token", "test-2"));
        StoreSecretProvider.Builder builder =
                StoreSecretProvider.builder(store).secret("a").secret("b");

        assertThat(find(builder.build(), "token").problem())
                .isEqualTo(
                        "secret a, key token of the store in memory and secret b, key token of the store in memory have"
                                + " different values; map the name token to one of them");
        assertThat(find(builder.map("token", "b", "token").build(), "token").value())
                .isEqualTo("test-2");
    }

    @Test
    void deployment_attachedSecrets_resolve() {
        store.create(secret("a", "token", "test-1"));
        store.create(secret("b", "other", "test-2"));
        store.create(secret("c", "unused", "test-3"));
        store.create(registry("pull", "docker.io", "test-4"));
        store.attach("llm", List.of("a", "b", "pull"));
        StoreSecretProvider provider = StoreSecretProvider.ofDeployment(store, "llm");

        assertThat(find(provider, "token").value()).isEqualTo("test-1");
        assertThat(find(provider, "other").value()).isEqualTo("test-2");
        assertThat(find(provider, "unused").isFound()).isFalse();
        assertThat(find(provider, "password").isFound()).isFalse();
        assertThat(find(StoreSecretProvider.ofDeployment(store, "none"), "token")
                        .reason())
                .isEqualTo("deployment none has no secrets attached in the store in memory");
    }

    @Test
    void triples_ofBlueprint_mapNames() {
        store.create(secret("hf-secret", "hf-token", "test-token"));
        String triples = """
            [{"envvar_name": "HF_TOKEN", "secret_name": "hf-secret", "secret_key": "hf-token"}]\
            """;
        String blueprint = """
            {"recipe_id": "test", "recipe_environment_secrets": %s, "recipe_replica_count": 1}\
            """.formatted(triples);

        for (String json : List.of(triples, blueprint)) {
            StoreSecretProvider provider =
                    StoreSecretProvider.builder(store).environmentSecrets(json).build();
            assertThat(find(provider, "HF_TOKEN").value()).isEqualTo("test-token");
        }
    }

    @Test
    void triples_wrong_areAllListedWithTheirIndex() {
        InvalidSecretException refused = catchThrowableOfType(
                InvalidSecretException.class,
                () -> StoreSecretProvider.builder(store).environmentSecrets("""
                    [{"envvar_name": "A", "secret_name": "s", "secret_key": "k"},
                     {"envvar_name": "A", "secret_name": "s", "secret_key": "k"},
                     {"envvar_name": "B", "secret_name": "s"},
                     {"envvar_name": "C", "secret_name": 1, "secret_key": "test sentinel"},
                     {"envvar_name": "D", "secret_name": "s", "secret_key": "k", "test-sentinel": 1},
                     {"envvar_name": "E", "envvar_name": "F", "secret_name": "s", "secret_key": "k"},
                     "test-sentinel"]\
                    """));

        assertThat(refused.problems())
                .containsExactly(
                        "recipe_environment_secrets[1]: envvar_name is mapped already",
                        "recipe_environment_secrets[2]: envvar_name, secret_name and secret_key are needed",
                        "recipe_environment_secrets[3]: secret_name has to be a string, and is a number",
                        "recipe_environment_secrets[3]: secret_key is not a valid name",
                        "recipe_environment_secrets[4]: unknown field at line 5, column 79",
                        "recipe_environment_secrets[5]: envvar_name stands there twice",
                        "recipe_environment_secrets[6]: envvar_name, secret_name and secret_key are needed");
        assertThat(refused).hasMessageNotContaining("sentinel");
    }

    @Test
    void triples_noList_areRefused() {
        for (String json : List.of("{}", "1", "{\"recipe_environment_secrets\": {}}")) {
            assertThatThrownBy(() -> StoreSecretProvider.builder(store).environmentSecrets(json))
                    .isInstanceOf(InvalidSecretException.class)
                    .hasMessageContaining("it has to be a list, or an object with the list recipe_environment_secrets");
        }
        assertThatThrownBy(() -> StoreSecretProvider.builder(store).environmentSecrets("[test-sentinel"))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessageContaining("it is not valid JSON at line 1")
                .hasMessageNotContaining("sentinel")
                .hasNoCause();
    }

    @Test
    void registry_asDockerConfig_hasAuths() {
        store.create(registry("iad-creds", "iad.ocir.io", "test-\"password\""));
        StoreSecretProvider provider = StoreSecretProvider.ofSecret(store, "iad-creds");

        Lookup config = find(provider, ".dockerconfigjson");

        assertThat(config.value())
                .isEqualTo(
                        "{\"auths\":{\"iad.ocir.io\":{\"username\":\"test-user\",\"password\":\"test-\\\"password\\\"\","
                                + "\"email\":\"test@example.com\",\"auth\":\"dGVzdC11c2VyOnRlc3QtInBhc3N3b3JkIg==\"}}}");
        assertThat(config.location()).isEqualTo("secret iad-creds as Docker config.json, of the store in memory");
        assertThat(find(provider, "username").value()).isEqualTo("test-user");
    }

    @Test
    void registries_severalUnderOneName_shareOneDocument() {
        store.create(registry("iad-creds", "iad.ocir.io", "test-1"));
        store.create(registry("phx-creds", "phx.ocir.io", "test-2"));

        assertThat(find(
                                StoreSecretProvider.builder(store)
                                        .dockerConfig("docker_config", "phx-creds", "iad-creds")
                                        .build(),
                                "docker_config")
                        .value())
                .startsWith("{\"auths\":{\"phx.ocir.io\":{")
                .contains("},\"iad.ocir.io\":{");
    }

    @Test
    void registries_thatMakeNoDocument_areToldApart() {
        store.create(registry("iad-creds", "iad.ocir.io", "test-1"));
        store.create(registry("more-creds", "iad.ocir.io", "test-2"));
        store.create(secret("opaque", "key", "test-3"));

        assertThat(find(
                                StoreSecretProvider.builder(store)
                                        .dockerConfig("config", "missing")
                                        .build(),
                                "config")
                        .reason())
                .isEqualTo("the store in memory has no secret missing");
        assertThat(find(
                                StoreSecretProvider.builder(store)
                                        .dockerConfig("config", "opaque")
                                        .build(),
                                "config")
                        .problem())
                .contains("opaque of the store in memory is not a container_registry secret");
        assertThat(find(
                                StoreSecretProvider.builder(store)
                                        .dockerConfig("config", "iad-creds", "more-creds")
                                        .build(),
                                "config")
                        .problem())
                .contains("the secrets iad-creds and more-creds of the store in memory are for the same");
        assertThat(find(StoreSecretProvider.ofSecret(store, "opaque"), ".dockerconfigjson")
                        .isFound())
                .isFalse();
    }

    @Test
    void store_thatCannotBeOpened_isFailureNotAbsence(@TempDir Path directory) {
        Path file = directory.resolve("secrets.json");
        StoreSecretProvider provider =
                StoreSecretProvider.ofSecret(EncryptedSecretStore.open(file, Fixtures.key(directory)), "a");

        assertThatThrownBy(() -> find(provider, "key"))
                .isInstanceOf(SecretProviderException.class)
                .hasMessage("store: the store " + file + " does not exist; create it first")
                .hasNoCause();
    }

    @Test
    void find_nameNotValid_isRefused() {
        assertThatThrownBy(() -> find(StoreSecretProvider.ofSecret(store, "a"), "../a"))
                .isInstanceOf(InvalidSecretNameException.class);
    }

    @Test
    void all_singleValue_isFoundUnderItsOwnName() {
        store.put("hf_access_token", "test-token");
        store.create(secret("named", "any-key", "test-named"));
        store.create(StoredSecret.builder("pair")
                .value("one", "test-1")
                .value("two", "test-2")
                .build());
        StoreSecretProvider provider = StoreSecretProvider.of(store);

        assertThat(find(provider, "hf_access_token").value()).isEqualTo("test-token");
        assertThat(find(provider, "named").value()).isEqualTo("test-named");
        assertThat(find(provider, "pair").reason())
                .isEqualTo("the secret pair of the store in memory has several keys and none is called value; ask for"
                        + " pair.<key>");
        assertThat(find(provider, "pair.two").value()).isEqualTo("test-2");
        assertThat(find(provider, "pair.three").isAbsent()).isTrue();
        assertThat(find(provider, "missing").reason()).isEqualTo("the store in memory has no secret missing");
        assertThat(find(StoreSecretProvider.ofSecret(store, "named"), "named").value())
                .isEqualTo("test-named");
        store.put("hf_access_token", "test-rotated");
        assertThat(find(provider, "hf_access_token").value()).isEqualTo("test-rotated");
    }

    @Test
    void all_dottedNames_areSplitWhereASecretHasTheKey() {
        store.create(secret("a.b", "c", "test-1"));
        store.create(StoredSecret.builder("tls")
                .value("server.crt", "test-2")
                .value("server.key", "test-3")
                .build());
        StoreSecretProvider provider = StoreSecretProvider.of(store);

        assertThat(find(provider, "a.b.c").value()).isEqualTo("test-1");
        assertThat(find(provider, "tls.server.key").value()).isEqualTo("test-3");
        store.create(secret("a", "b.c", "test-other"));
        assertThat(find(provider, "a.b.c").problem()).contains("have different values");
    }

    @Test
    void put_valueOfSecretWithSeveralKeys_asksForTheKey() {
        store.create(StoredSecret.builder("pair")
                .value("one", "test-1")
                .value("two", "test-2")
                .build());

        assertThatThrownBy(() -> store.put("pair", "test-3"))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessage("secret pair cannot be put as a single value: it has the keys one, two; say which one to"
                        + " change");
    }

    @Test
    void absence_nearMiss_isPointedOut() {
        store.create(secret("hf-secret", "hf-token", "test-token"));

        assertThat(find(StoreSecretProvider.ofSecret(store, "hf-secret"), "hf_token")
                        .reason())
                .isEqualTo("no such key in the secret hf-secret of the store in memory (hf-token is there: names must"
                        + " match exactly)");
        assertThat(find(StoreSecretProvider.of(store), "HF_SECRET").reason())
                .isEqualTo(
                        "the store in memory has no secret HF_SECRET (hf-secret is there: names must match exactly)");
        assertThat(find(
                                StoreSecretProvider.builder(store)
                                        .map("x", "hf-secret", "HF_TOKEN")
                                        .build(),
                                "x")
                        .reason())
                .endsWith("has no key HF_TOKEN (hf-token is there: names must match exactly)");
    }

    @Test
    void document_itsKeys_resolveByTheRulesOfAuthSecret() {
        store.put("account", """
            {"user": "test-user", "id": 12345678901234567890, "on": true, "none": null,
             "more": {"n": 1.10, "list": [1, "two", null, false]}}\
            """);
        StoreSecretProvider provider =
                StoreSecretProvider.builder(store).document("account", "value").build();

        assertThat(find(provider, "user").value()).isEqualTo("test-user");
        assertThat(find(provider, "id").value()).isEqualTo("12345678901234567890");
        assertThat(find(provider, "on").value()).isEqualTo("true");
        assertThat(find(provider, "none").isAbsent()).isTrue();
        assertThat(find(provider, "more").value()).isEqualTo("{\"n\":1.10,\"list\":[1,\"two\",null,false]}");
        assertThat(find(provider, "user").location())
                .isEqualTo("secret account, key value of the store in memory, user");
    }

    @Test
    void document_notJson_isFailureThatQuotesNothing() {
        StoreSecretProvider provider =
                StoreSecretProvider.builder(store).document("account", "value").build();
        for (String text : List.of("test-sentinel", "[1]", "{\"a\": 1, \"a\": \"test-sentinel\"}")) {
            store.put("account", text);

            Lookup lookup = find(provider, "a");

            assertThat(lookup.isFailed()).isTrue();
            assertThat(lookup.problem())
                    .startsWith("secret account, key value of the store in memory ")
                    .doesNotContain("sentinel");
        }
    }

    @Test
    void find_someNamesFail_theOthersAreAnswered() {
        store.create(secret("a", "token", "test-1"));
        store.create(secret("b", "token", "test-2"));
        store.create(secret("c", "other", "test-3"));
        StoreSecretProvider provider = StoreSecretProvider.builder(store)
                .secret("a")
                .secret("b")
                .secret("c")
                .build();

        var answers = provider.find(Set.of("token", "other"));

        assertThat(answers.get("token").isFailed()).isTrue();
        assertThat(answers.get("other").value()).isEqualTo("test-3");
    }

    @Test
    void expiry_ofStoredSecret_isThatOfTheLookup() {
        Instant soon = Instant.now().plusSeconds(3600);
        Instant before = Instant.parse("2026-01-01T00:00:00Z");
        store.create(StoredSecret.builder("soon")
                .value("value", "test-1")
                .expires(soon)
                .build());
        store.create(StoredSecret.builder("before")
                .value("value", "test-2")
                .expires(before)
                .build());
        StoreSecretProvider provider = StoreSecretProvider.of(store);

        assertThat(find(provider, "soon").expiresAt()).contains(soon);
        assertThat(find(provider, "before").location()).endsWith("(expired since 2026-01-01T00:00:00Z)");
    }

    @Test
    void buildStage_secrets_areNotForTheRunningModel() {
        store.create(StoredSecret.builder("build")
                .stage(SecretStage.BUILD)
                .value("token", "test-1")
                .build());
        store.attach("llm", List.of("build"));

        assertThat(find(StoreSecretProvider.ofDeployment(store, "llm"), "token").isAbsent())
                .isTrue();
        assertThat(find(StoreSecretProvider.of(store), "build").isAbsent()).isTrue();
    }

    @Test
    void buildStage_secretByItsName_isToldWhyItIsAbsent() {
        store.create(StoredSecret.builder("build")
                .stage(SecretStage.BUILD)
                .value("token", "test-1")
                .build());

        assertThat(find(StoreSecretProvider.of(store), "build").reason())
                .isEqualTo("the secret build of the store in memory is for stage build only; ask for build.<key>");
    }

    @Test
    void all_keyThatTheSecretDoesNotHave_isTold() {
        store.create(secret("hf.secret", "hf-token", "test-1"));

        assertThat(find(StoreSecretProvider.of(store), "hf.secret.hf_token").reason())
                .isEqualTo("the secret hf.secret of the store in memory has no key hf_token"
                        + " (hf-token is there: names must match exactly)");
        assertThat(find(StoreSecretProvider.of(store), "hf.other").reason())
                .isEqualTo("the store in memory has no secret hf.other");
    }

    @Test
    void placements_ofDeployment_resolveUnderTheirNames() {
        store.create(secret("a", "TOKEN", "test-1"));
        store.create(StoredSecret.builder("tls")
                .mount(SecretMount.files("one"))
                .value("tls.crt", "test-2")
                .build());
        store.create(StoredSecret.builder("other")
                .mount(SecretMount.files("$BENTOML_HOME/two", Map.of("tls.crt", "sub")))
                .value("tls.crt", "test-3")
                .build());
        store.create(registry("iad", "iad.ocir.io", "test-4"));
        store.attach("llm", List.of("a", "tls", "other", "iad"));

        List<Placement> placements = store.placements("llm", SecretStage.RUNTIME);

        assertThat(placements)
                .containsExactly(
                        new Placement.Variable("TOKEN", "a", "TOKEN"),
                        new Placement.File("other.tls.crt", "/secrets/two/sub/tls.crt", "other", "tls.crt"),
                        new Placement.File("tls.tls.crt", "/secrets/one/tls.crt", "tls", "tls.crt"),
                        new Placement.DockerConfig(".dockerconfigjson", List.of("iad")));
        StoreSecretProvider provider = StoreSecretProvider.ofPlacements(store, placements);
        assertThat(placements)
                .allSatisfy(placement ->
                        assertThat(find(provider, placement.name()).isFound()).isTrue());
        assertThat(find(provider, "tls.tls.crt").value()).isEqualTo("test-2");
    }
}
