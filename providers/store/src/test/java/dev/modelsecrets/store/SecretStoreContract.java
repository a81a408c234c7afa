package dev.modelsecrets.store;

import static dev.modelsecrets.store.Fixtures.change;
import static dev.modelsecrets.store.Fixtures.registry;
import static dev.modelsecrets.store.Fixtures.secret;
import static dev.modelsecrets.store.Fixtures.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.SecretDeclarations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every kind of store does, in whichever module it is. */
public abstract class SecretStoreContract {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /** Each test has an instance of its own, and with it a time of its own. */
    private Instant now = NOON;

    private SecretStore store;

    protected SecretStoreContract() {}

    protected abstract SecretStore newStore(Clock clock) throws Exception;

    @BeforeEach
    void createStore() throws Exception {
        store = newStore(new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                return now;
            }
        });
    }

    @Test
    void create_newSecret_isDescribedWithoutValues() {
        store.create(StoredSecret.builder("hf-secret")
                .description("for gated models")
                .value("hf-token", "test-token")
                .value("HF_HOME", "test-home")
                .build());

        SecretMetadata metadata = store.describe("hf-secret");

        assertThat(metadata.name()).isEqualTo("hf-secret");
        assertThat(metadata.type()).isEqualTo(SecretType.OPAQUE);
        assertThat(metadata.description()).isEqualTo("for gated models");
        assertThat(metadata.mount()).isEqualTo(SecretMount.environment());
        assertThat(metadata.keys()).containsExactly("HF_HOME", "hf-token");
        assertThat(metadata.created()).isEqualTo(NOON);
        assertThat(metadata.updated()).isEqualTo(NOON);
        assertThat(metadata.version()).isPositive();
        assertThat(metadata.attachments()).isEmpty();
        assertThat(metadata.restartNeeded()).isFalse();
        assertThat(value(store, "hf-secret", "hf-token")).isEqualTo("test-token");
    }

    @Test
    void create_existingSecret_isRefusedAndChangesNothing() {
        store.create(secret("a", "key", "test-one"));

        assertThatThrownBy(() -> store.create(secret("a", "key", "test-two")))
                .isInstanceOf(SecretExistsException.class)
                .hasMessage("secret a exists already; update or replace it instead");

        assertThat(value(store, "a", "key")).isEqualTo("test-one");
    }

    @Test
    void createAll_severalSecrets_areToldInTheirOrder() {
        List<SecretMetadata> created =
                store.createAll(List.of(secret("b", "key", "test-one"), secret("a", "key", "test-two")));

        assertThat(created).isEqualTo(List.of(store.describe("b"), store.describe("a")));
        assertThat(value(store, "a", "key")).isEqualTo("test-two");
        assertThat(store.createAll(List.of())).isEmpty();
    }

    @Test
    void createAll_oneExists_createsNone() {
        store.create(secret("b", "key", "test-one"));

        assertThatThrownBy(() -> store.createAll(List.of(
                        secret("a", "key", "test-two"),
                        secret("b", "key", "test-two"),
                        secret("c", "key", "test-two"))))
                .isInstanceOf(SecretExistsException.class)
                .hasMessage("secret b exists already; update or replace it instead");
        assertThatThrownBy(() -> store.createAll(List.of(secret("a", "key", "test-1"), secret("a", "key", "test-2"))))
                .isInstanceOf(SecretExistsException.class);

        assertThat(store.list()).extracting(SecretMetadata::name).containsExactly("b");
    }

    @Test
    void create_changesOnly_isRefusedIfNotWhole() {
        assertThatThrownBy(() -> store.create(StoredSecret.changesTo("a").build()))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessage("secret a is not a whole secret: a secret needs at least one key with a value");
        assertThatThrownBy(() -> store.create(StoredSecret.changesTo("a")
                        .type(SecretType.CONTAINER_REGISTRY)
                        .value("password", "test-password")
                        .build()))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessageContaining("needs the key registry_server")
                .hasMessageContaining("needs the key username")
                .hasMessageContaining("needs the key email");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void names_differingInCase_areDifferentSecrets() {
        store.create(secret("token", "key", "test-one"));
        store.create(secret("TOKEN", "key", "test-two"));
        store.update(change("TOKEN", "KEY", "test-three"));

        assertThat(value(store, "token", "key")).isEqualTo("test-one");
        assertThat(value(store, "TOKEN", "key")).isEqualTo("test-two");
        assertThat(value(store, "TOKEN", "KEY")).isEqualTo("test-three");
    }

    @Test
    void update_givenKeys_areSetAndOthersKept() {
        SecretMetadata created = store.create(StoredSecret.builder("app-config")
                .description("test")
                .value("database_url", "test-url")
                .value("api_key", "test-key")
                .build());
        now = NOON.plusSeconds(60);

        SecretMetadata updated = store.update(StoredSecret.changesTo("app-config")
                .value("api_key", "test-key-2")
                .value("region", "test-region")
                .build());

        assertThat(updated).isEqualTo(store.describe("app-config"));
        assertThat(updated.keys()).containsExactly("api_key", "database_url", "region");
        assertThat(updated.description()).isEqualTo("test");
        assertThat(updated.created()).isEqualTo(NOON);
        assertThat(updated.updated()).isEqualTo(NOON.plusSeconds(60));
        assertThat(updated.version()).isGreaterThan(created.version());
        assertThat(value(store, "app-config", "database_url")).isEqualTo("test-url");
        assertThat(value(store, "app-config", "api_key")).isEqualTo("test-key-2");
    }

    @Test
    void update_descriptionAndMount_areSetIfGiven() {
        store.create(secret("a", "key", "test-value"));

        SecretMetadata updated = store.update(StoredSecret.changesTo("a")
                .description("changed")
                .mount(SecretMount.files("demo", Map.of("key", "sub/path")))
                .build());

        assertThat(updated.description()).isEqualTo("changed");
        assertThat(updated.mount()).isEqualTo(SecretMount.files("demo", Map.of("key", "sub/path")));
        assertThat(store.describe("a")).isEqualTo(updated);
        assertThat(value(store, "a", "key")).isEqualTo("test-value");
    }

    @Test
    void update_missingSecret_isRefused() {
        assertThatThrownBy(() -> store.update(change("missing", "key", "test-value")))
                .isInstanceOf(SecretNotFoundException.class)
                .hasMessageEndingWith("has no secret missing");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void update_oneKeyOfRegistry_keepsTheOthers() {
        store.create(registry("iad-creds", "iad.ocir.io", "test-password"));

        store.update(change("iad-creds", "password", "test-password-2"));

        assertThat(value(store, "iad-creds", "password")).isEqualTo("test-password-2");
        assertThat(value(store, "iad-creds", "registry_server")).isEqualTo("iad.ocir.io");
    }

    @Test
    void update_unknownKeyOfRegistry_isRefused() {
        store.create(registry("iad-creds", "iad.ocir.io", "test-password"));

        assertThatThrownBy(() -> store.update(change("iad-creds", "token", "test-token")))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessage("secret iad-creds cannot be changed so: a container_registry secret has the keys"
                        + " registry_server, username, password, email and no others");
    }

    @Test
    void update_otherType_isRefused() {
        store.create(registry("iad-creds", "iad.ocir.io", "test-password"));

        assertThatThrownBy(() -> store.update(secret("iad-creds", "key", "test-value")))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessageContaining("its type is container_registry and cannot be changed to opaque");
    }

    @Test
    void update_subPathOfMissingKey_isRefused() {
        store.create(secret("a", "key", "test-value"));

        assertThatThrownBy(() -> store.update(StoredSecret.changesTo("a")
                        .mount(SecretMount.files("demo", Map.of("other", "sub")))
                        .build()))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessageContaining("a sub path is given for a key that the secret does not have");
    }

    @Test
    void replace_givenKeys_areTheOnlyOnes() {
        store.create(StoredSecret.builder("a")
                .mount(SecretMount.files("demo", Map.of("one", "sub", "two", "sub")))
                .value("one", "test-1")
                .value("two", "test-2")
                .build());

        SecretMetadata replaced = store.replace(secret("a", "two", "test-3"));

        assertThat(replaced.keys()).containsExactly("two");
        assertThat(replaced.mount()).isEqualTo(SecretMount.files("demo", Map.of("two", "sub")));
        assertThat(value(store, "a", "two")).isEqualTo("test-3");
        assertThat(StoreSecretProvider.ofSecret(store, "a")
                        .find(java.util.Set.of("one"))
                        .get("one")
                        .isFound())
                .isFalse();
    }

    @Test
    void replace_missingSecret_isRefused() {
        assertThatThrownBy(() -> store.replace(secret("missing", "key", "test-value")))
                .isInstanceOf(SecretNotFoundException.class);
    }

    @Test
    void put_newAndExistingSecret_createsThenUpdates() {
        store.put(secret("hf_access_token", "value", "test-one"));
        store.put(secret("hf_access_token", "other", "test-two"));

        assertThat(store.describe("hf_access_token").keys()).containsExactly("other", "value");
        assertThat(value(store, "hf_access_token", "value")).isEqualTo("test-one");
    }

    @Test
    void delete_unusedSecret_isGone() {
        store.create(secret("a", "key", "test-value"));

        store.delete("a");

        assertThat(store.find("a")).isEmpty();
        assertThat(store.list()).isEmpty();
        assertThatThrownBy(() -> store.describe("a")).isInstanceOf(SecretNotFoundException.class);
    }

    @Test
    void delete_missingSecret_isRefused() {
        assertThatThrownBy(() -> store.delete("missing"))
                .isInstanceOf(SecretNotFoundException.class)
                .hasMessageEndingWith("has no secret missing");
        assertThatThrownBy(() -> store.forceDelete("missing")).isInstanceOf(SecretNotFoundException.class);
    }

    @Test
    void delete_attachedSecret_isRefusedWithItsUsers() {
        store.create(secret("a", "key", "test-value"));
        store.attach("llm", List.of("a"));
        store.attach("ranker", List.of("a"));

        SecretInUseException refused = catchThrowableOfType(SecretInUseException.class, () -> store.delete("a"));

        assertThat(refused).hasMessage("secret a is in use by llm, ranker; detach it there, or delete it with force");
        assertThat(refused.users()).containsExactly("llm", "ranker");
        assertThat(store.find("a")).isPresent();
    }

    @Test
    void forceDelete_attachedSecret_isGone() {
        store.create(secret("a", "key", "test-value"));
        store.attach("llm", List.of("a"));

        store.forceDelete("a");

        assertThat(store.find("a")).isEmpty();
        assertThat(store.attached("llm")).isEmpty();
    }

    @Test
    void list_secrets_areSortedByName() {
        store.create(secret("b", "key", "test-value"));
        store.create(secret("a", "key", "test-value"));
        store.create(registry("c", "docker.io", "test-password"));

        assertThat(store.list()).extracting(SecretMetadata::name).containsExactly("a", "b", "c");
        assertThat(store.list()).extracting(SecretMetadata::type).last().isEqualTo(SecretType.CONTAINER_REGISTRY);
    }

    @Test
    void name_notValid_isRefused() {
        assertThatThrownBy(() -> store.describe("../a")).isInstanceOf(InvalidSecretNameException.class);
        assertThatThrownBy(() -> store.delete("")).isInstanceOf(InvalidSecretNameException.class);
        assertThatThrownBy(() -> store.attach("not a name", List.of())).isInstanceOf(InvalidSecretNameException.class);
    }

    @Test
    void version_stale_isConflictAndWritesNothing() {
        long version = store.create(secret("a", "key", "test-one")).version();
        long current = store.update(change("a", "key", "test-two"), version).version();

        VersionConflictException conflict = catchThrowableOfType(
                VersionConflictException.class, () -> store.update(change("a", "key", "test-three"), version));
        assertThat(conflict)
                .hasMessage("secret a is at version " + current + ", not " + version
                        + ": somebody changed it meanwhile; describe it again and repeat the change");
        assertThat(conflict.expected()).isEqualTo(version);
        assertThat(conflict.actual()).isEqualTo(current);
        assertThatThrownBy(() -> store.replace(secret("a", "key", "test-three"), version))
                .isInstanceOf(VersionConflictException.class);
        assertThatThrownBy(() -> store.delete("a", version)).isInstanceOf(VersionConflictException.class);
        assertThatThrownBy(() -> store.forceDelete("a", version)).isInstanceOf(VersionConflictException.class);
        assertThat(value(store, "a", "key")).isEqualTo("test-two");

        store.delete("a", current);
        assertThat(store.find("a")).isEmpty();
    }

    @Test
    void version_ofRecreatedSecret_isNeverAnOldOne() {
        long first = store.create(secret("a", "key", "test-one")).version();
        store.delete("a");
        store.create(secret("a", "key", "test-two"));

        assertThatThrownBy(() -> store.delete("a", first)).isInstanceOf(VersionConflictException.class);
    }

    @Test
    void attach_secrets_areListedOnBothSides() {
        store.create(secret("a", "one", "test-1"));
        store.create(secret("b", "two", "test-2"));
        store.create(secret("c", "three", "test-3"));

        assertThat(store.attach("llm", List.of("b", "a")))
                .extracting(SecretMetadata::name)
                .containsExactly("a", "b");
        store.attach("llm", List.of("a", "c"));

        assertThat(store.attached("llm")).extracting(SecretMetadata::name).containsExactly("a", "b", "c");
        assertThat(store.describe("a").attachments())
                .containsExactly(new SecretMetadata.Attachment("llm", NOON, false));
    }

    @Test
    void attach_missingSecrets_areAllNamedAndNothingIsAttached() {
        store.create(secret("a", "one", "test-1"));

        assertThatThrownBy(() -> store.attach("llm", List.of("a", "b", "c")))
                .isInstanceOf(SecretNotFoundException.class)
                .hasMessageEndingWith("has no secret b, c");
        assertThat(store.attached("llm")).isEmpty();
    }

    @Test
    void attach_everythingWrong_isOneError() {
        store.create(secret("a", "token", "test-1"));
        store.create(secret("b", "token", "test-2"));
        store.create(files("c", "demo", Map.of(), "x", "y"));
        store.create(files("d", "demo/./sub/..", Map.of(), "x"));
        store.create(files("e", "../etc", Map.of(), "passwd"));
        store.create(files("f", "demo", Map.of("z", "../../.."), "z"));
        store.create(files("g", "demo/y", Map.of(), "below"));
        store.create(registry("h", "docker.io", "test-1"));
        store.create(registry("i", "docker.io", "test-2"));
        store.create(files("j", "/secretsand/more", Map.of(), "k"));
        store.create(files("k", "$HOME/more", Map.of(), "l"));
        store.create(files("l", "demo", Map.of("m", "/etc"), "m"));

        AttachmentRefusedException refused = catchThrowableOfType(
                AttachmentRefusedException.class,
                () -> store.attach("llm", List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l")));

        assertThat(refused.problems())
                .containsExactlyInAnyOrder(
                        "key token has different values in the secrets a and b",
                        "the secrets h and i have different credentials for the same registry",
                        "the file /secrets/demo/x is that of secret c, key x and of secret d, key x",
                        "secret e, key passwd: the path /etc/passwd is outside the base directory /secrets",
                        "secret f, key z: the path /z is outside the base directory /secrets",
                        "the file /secrets/demo/y of secret c, key y is where secret g, key below needs a directory",
                        "secret j, key k: the path /secretsand/more/k is outside the base directory /secrets",
                        "secret k, key l: the path must not have '$', '\\' or a control character, but may start with"
                                + " $BENTOML_HOME",
                        "secret l, key m: the sub path must not start with '/'");
        assertThat(refused).hasMessageStartingWith("the secrets of deployment llm do not fit together:\n  ");
        assertThat(store.attached("llm")).isEmpty();
    }

    private static StoredSecret files(String name, String directory, Map<String, String> subPaths, String... keys) {
        StoredSecret.Builder secret = StoredSecret.builder(name).mount(SecretMount.files(directory, subPaths));
        for (String key : keys) {
            secret.value(key, "test-value-of-" + name);
        }
        return secret.build();
    }

    @Test
    void attach_sameKeyWithSameValue_isFine() {
        store.create(secret("a", "token", "test-same"));
        store.create(secret("b", "token", "test-same"));

        assertThat(store.attach("llm", List.of("a", "b"))).hasSize(2);
    }

    @Test
    void attach_registriesAndFilesSideBySide_areFine() {
        store.create(registry("iad", "iad.ocir.io", "test-1"));
        store.create(registry("phx", "phx.ocir.io", "test-2"));
        store.create(files("c", "demo", Map.of("password", "secrets/password"), "password"));
        store.create(files("d", "/secrets/demo", Map.of(), "other"));
        store.create(files("e", "$BENTOML_HOME/demo", Map.of(), "third"));

        assertThat(store.attach("llm", List.of("iad", "phx", "c", "d", "e"))).hasSize(5);
    }

    @Test
    void attach_sameFileNameInOtherDirectories_isFine() {
        store.create(files("c", "one", Map.of(), "tls.crt"));
        store.create(files("d", "two", Map.of(), "tls.crt"));
        store.create(secret("e", "tls.crt", "test-variable"));

        assertThat(store.attach("llm", List.of("c", "d", "e"))).hasSize(3);
    }

    @Test
    void attach_stagesThatNeverMeet_doNotConflict() {
        store.create(StoredSecret.builder("a")
                .stage(SecretStage.BUILD)
                .value("token", "test-1")
                .build());
        store.create(StoredSecret.builder("b")
                .stage(SecretStage.RUNTIME)
                .value("token", "test-2")
                .build());
        store.attach("llm", List.of("a", "b"));
        store.create(secret("c", "token", "test-3"));

        assertThatThrownBy(() -> store.attach("llm", List.of("c"))).isInstanceOf(AttachmentRefusedException.class);
        assertThat(store.describe("a").stage()).isEqualTo(SecretStage.BUILD);
        assertThatThrownBy(() -> store.update(
                        StoredSecret.changesTo("a").stage(SecretStage.ALL).build()))
                .isInstanceOf(AttachmentRefusedException.class);
    }

    @Test
    void attach_variableThatLinuxRefuses_isRefused() {
        store.create(secret("a", "token", "x".repeat((128 << 10) - "token=".length() - 1)));
        store.create(secret("b", "tokens", "x".repeat((128 << 10) - "token=".length() - 1)));

        store.attach("llm", List.of("a"));
        assertThatThrownBy(() -> store.attach("llm", List.of("b")))
                .isInstanceOf(AttachmentRefusedException.class)
                .hasMessageEndingWith(
                        "secret b, key tokens is too long for a variable, which may have 128 KiB on Linux;"
                                + " mount the secret as files");
    }

    @Test
    void attach_withDeclarations_refusesWhatIsNotCovered() {
        store.create(secret("hf-secret", "hf-token", "test-1"));
        store.put("hf_access_token", "test-2");
        SecretDeclarations covered = SecretDeclarations.builder()
                .required("hf-token")
                .required("hf_access_token")
                .withDefault("region", "test-region")
                .build();

        assertThat(store.attach("llm", List.of("hf-secret", "hf_access_token"), covered))
                .hasSize(2);
        assertThatThrownBy(() -> store.attach(
                        "ranker", List.of("hf-secret"), SecretDeclarations.of("hf-token", "hf_token", "missing")))
                .isInstanceOf(AttachmentRefusedException.class)
                .hasMessage("""
                    the secrets of deployment ranker do not cover what its model declares:
                      the model needs hf_token, which none of the attached secrets has (hf-token is there: names must match exactly)
                      the model needs missing, which none of the attached secrets has\
                    """);
        assertThat(store.attached("ranker")).isEmpty();
    }

    /** What no provider hands to the model of a deployment does not cover its declarations either. */
    @Test
    void attach_declarationsThatOnlyTheBuildOrARegistryHas_areRefused() {
        store.create(StoredSecret.builder("build")
                .stage(SecretStage.BUILD)
                .value("token", "test-1")
                .build());
        store.create(registry("iad", "iad.ocir.io", "test-2"));

        assertThatThrownBy(() -> store.attach(
                        "llm", List.of("build", "iad"), SecretDeclarations.of("token", "build", "password")))
                .isInstanceOfSatisfying(
                        AttachmentRefusedException.class,
                        refused -> assertThat(refused.problems())
                                .containsExactly(
                                        "the model needs token, which none of the attached secrets has",
                                        "the model needs build, which none of the attached secrets has",
                                        "the model needs password, which none of the attached secrets has"));
    }

    @Test
    void attach_secretsThatAreOneValue_areVariablesOfTheirNames() {
        store.put("hf_access_token", "test-1");
        store.put("openai_key", "test-2");
        store.create(secret("other", "openai_key", "test-3"));

        store.attach("llm", List.of("hf_access_token", "openai_key"));

        assertThat(store.placements("llm", SecretStage.RUNTIME))
                .containsExactly(
                        new Placement.Variable("hf_access_token", "hf_access_token", "value"),
                        new Placement.Variable("openai_key", "openai_key", "value"));
        assertThatThrownBy(() -> store.attach("llm", List.of("other")))
                .isInstanceOf(AttachmentRefusedException.class)
                .hasMessageContaining("key openai_key has different values in the secrets openai_key and other");
    }

    @Test
    void placements_ofBothStages_refuseWhatOnlyFitsApart() {
        store.create(StoredSecret.builder("a")
                .stage(SecretStage.BUILD)
                .value("token", "test-1")
                .build());
        store.create(StoredSecret.builder("b")
                .stage(SecretStage.RUNTIME)
                .value("token", "test-2")
                .build());
        store.attach("llm", List.of("a", "b"));

        assertThat(store.placements("llm", SecretStage.BUILD))
                .containsExactly(new Placement.Variable("token", "a", "token"));
        assertThat(store.placements("llm", SecretStage.RUNTIME))
                .containsExactly(new Placement.Variable("token", "b", "token"));
        assertThatThrownBy(() -> store.placements("llm", SecretStage.ALL))
                .isInstanceOf(AttachmentRefusedException.class)
                .hasMessageEndingWith("key token has different values in the secrets a and b");
    }

    @Test
    void attach_registriesOfStagesThatNeverMeet_stayApart() {
        store.create(registry("a", "iad.ocir.io", "test-1"));
        store.create(registry("b", "iad.ocir.io", "test-2"));
        store.update(StoredSecret.changesTo("a").stage(SecretStage.BUILD).build());
        store.update(StoredSecret.changesTo("b").stage(SecretStage.RUNTIME).build());

        store.attach("llm", List.of("a", "b"));

        assertThat(store.placements("llm", SecretStage.BUILD))
                .containsExactly(new Placement.DockerConfig(".dockerconfigjson", List.of("a")));
        assertThat(store.placements("llm", SecretStage.RUNTIME))
                .containsExactly(new Placement.DockerConfig(".dockerconfigjson", List.of("b")));
    }

    @Test
    void rotation_periodsThatNoCalendarHas_areRefused() {
        for (Duration period :
                List.of(Duration.ofNanos(-1), Duration.ofDays(-90), Duration.ofSeconds(Long.MAX_VALUE))) {
            StoredSecret.Builder secret =
                    StoredSecret.builder("a").value("token", "test-1").rotateEvery(period);

            assertThatThrownBy(secret::build)
                    .isInstanceOf(InvalidSecretException.class)
                    .hasMessage("secret a is not valid: the rotation period is negative or longer than 1,000 years");
        }
        store.create(StoredSecret.builder("a")
                .value("token", "test-1")
                .rotateEvery(Duration.ofDays(365_000))
                .build());
        assertThat(store.due(Duration.ofSeconds(Long.MAX_VALUE)))
                .extracting(SecretMetadata::name)
                .containsExactly("a");
    }

    /** Else another text is stored than the one that was given. */
    @Test
    void texts_thatNoEncodingHas_areRefused() {
        String half = "x\ud800";
        for (StoredSecret.Builder secret : List.of(
                StoredSecret.builder("a").description(half),
                StoredSecret.builder("a").labels(Map.of("team", half)),
                StoredSecret.builder("a").mount(SecretMount.files(half)),
                StoredSecret.builder("a").mount(SecretMount.files("x", Map.of("token", half))))) {
            assertThatThrownBy(secret.value("token", "test-1")::build)
                    .isInstanceOf(InvalidSecretException.class)
                    .hasMessage("secret a is not valid: description, labels or mount are not valid Unicode");
        }
    }

    @Test
    void attachOnly_otherSecret_switchesInOneTransaction() {
        store.create(secret("old", "token", "test-1"));
        store.create(secret("new", "token", "test-2"));
        store.create(secret("kept", "other", "test-3"));
        store.attach("project", List.of("old", "kept"));

        assertThat(store.attachOnly("project", List.of("new", "kept")))
                .extracting(SecretMetadata::name)
                .containsExactly("kept", "new");
        assertThatThrownBy(() -> store.attachOnly("project", List.of("missing")))
                .isInstanceOf(SecretNotFoundException.class);
        assertThat(store.attached("project")).extracting(SecretMetadata::name).containsExactly("kept", "new");
        store.delete("old");
    }

    @Test
    void properties_given_areToldAndKeptByUpdates() {
        SecretMetadata created = store.create(StoredSecret.builder("a")
                .value("token", "test-1")
                .stage(SecretStage.RUNTIME)
                .labels(Map.of("team", "search", "env", "prod"))
                .expires(NOON.plusSeconds(86_400))
                .rotateEvery(Duration.ofDays(30))
                .build());
        now = NOON.plusSeconds(60);

        SecretMetadata described =
                store.update(StoredSecret.changesTo("a").description("changed").build());

        assertThat(described.stage()).isEqualTo(SecretStage.RUNTIME);
        assertThat(described.labels()).isEqualTo(Map.of("env", "prod", "team", "search"));
        assertThat(described.expires()).contains(NOON.plusSeconds(86_400));
        assertThat(described.rotationPeriod()).contains(Duration.ofDays(30));
        assertThat(described.rotationDue()).isEqualTo(created.rotationDue()).contains(NOON.plus(Duration.ofDays(30)));

        SecretMetadata rotated = store.update(change("a", "token", "test-2"));

        assertThat(rotated.rotationDue()).contains(NOON.plusSeconds(60).plus(Duration.ofDays(30)));
        SecretMetadata cleared = store.update(StoredSecret.changesTo("a")
                .expires(Instant.MAX)
                .rotateEvery(Duration.ZERO)
                .labels(Map.of())
                .build());
        assertThat(cleared.expires()).isEmpty();
        assertThat(cleared.rotationDue()).isEmpty();
        assertThat(cleared.rotationPeriod()).isEmpty();
        assertThat(cleared.labels()).isEmpty();
        assertThat(store.describe("a")).isEqualTo(cleared);
    }

    @Test
    void due_expiringAndRotating_areListed() {
        store.create(StoredSecret.builder("expires")
                .value("k", "test-1")
                .expires(NOON.plus(Duration.ofDays(3)))
                .build());
        store.create(StoredSecret.builder("rotates")
                .value("k", "test-1")
                .rotateEvery(Duration.ofDays(5))
                .build());
        store.create(secret("stays", "k", "test-1"));

        assertThat(store.due(Duration.ofDays(2))).isEmpty();
        assertThat(store.due(Duration.ofDays(3)))
                .extracting(SecretMetadata::name)
                .containsExactly("expires");
        assertThat(store.due(Duration.ofDays(30)))
                .extracting(SecretMetadata::name)
                .containsExactly("expires", "rotates");
    }

    @Test
    void list_text_findsNamesKeysDescriptionsAndLabels() {
        store.create(StoredSecret.builder("a")
                .description("For the Gated models")
                .value("k", "test-1")
                .build());
        store.create(secret("gated-b", "k", "test-2"));
        store.create(secret("c", "GATED", "test-3"));
        store.create(StoredSecret.builder("d")
                .labels(Map.of("use", "gated"))
                .value("k", "test-gated")
                .build());
        store.create(secret("e", "k", "gated"));

        assertThat(store.list("gated")).extracting(SecretMetadata::name).containsExactly("a", "c", "d", "gated-b");
    }

    @Test
    void template_remembered_holdsLaterChangesToIt() {
        String token = "hf_" + "test".repeat(10);
        store.create(SecretTemplate.HUGGING_FACE
                .secret("hf")
                .value("HF_TOKEN", token)
                .build());

        assertThat(store.describe("hf").template()).contains(SecretTemplate.HUGGING_FACE);
        assertThatThrownBy(() -> store.update(change("hf", "HF_TOKEN", "test-of-another-format")))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessageContaining("the value of key HF_TOKEN does not have the expected format")
                .hasMessageContaining("use withoutFormatCheck()");
        assertThatThrownBy(() -> store.update(change("hf", "OTHER", "test-value")))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessageContaining("has the keys HF_TOKEN and no others");
        assertThatThrownBy(() -> store.replace(secret("hf", "OTHER", "test-value")))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessageContaining("needs the key HF_TOKEN");
        store.update(StoredSecret.changesTo("hf")
                .value("HF_TOKEN", "test-of-another-format")
                .withoutFormatCheck()
                .build());
        assertThat(value(store, "hf", "HF_TOKEN")).isEqualTo("test-of-another-format");
    }

    @Test
    void put_nameAndValue_createsThenChangesTheValue() {
        assertThat(store.put("hf_access_token", "test-1").keys()).containsExactly("value");
        store.put("hf_access_token", "test-2");
        store.create(secret("other", "only", "test-3"));

        assertThat(store.put("other", "test-4").keys()).containsExactly("only");
        assertThat(value(store, "hf_access_token", "value")).isEqualTo("test-2");
        assertThat(value(store, "other", "only")).isEqualTo("test-4");
    }

    @Test
    void attach_conflictWithWhatIsAttachedAlready_isRefused() {
        store.create(secret("a", "token", "test-1"));
        store.create(secret("b", "token", "test-2"));
        store.attach("llm", List.of("a"));

        assertThatThrownBy(() -> store.attach("llm", List.of("b")))
                .isInstanceOf(AttachmentRefusedException.class)
                .hasMessage("the secrets of deployment llm do not fit together:"
                        + " key token has different values in the secrets a and b");
        store.attach("other", List.of("b"));
    }

    @Test
    void update_thatBreaksDeployment_isRefused() {
        store.create(secret("a", "token", "test-same"));
        store.create(secret("b", "token", "test-same"));
        store.attach("llm", List.of("a", "b"));

        assertThatThrownBy(() -> store.update(change("a", "token", "test-other")))
                .isInstanceOf(AttachmentRefusedException.class)
                .hasMessageContaining("deployment llm");
        assertThat(value(store, "a", "token")).isEqualTo("test-same");
    }

    @Test
    void update_valueOfAttachedSecret_needsRestartUntilRestarted() {
        store.create(secret("a", "token", "test-1"));
        store.attach("llm", List.of("a"));

        store.update(StoredSecret.changesTo("a")
                .description("no deployment sees this")
                .value("token", "test-1")
                .build());
        assertThat(store.describe("a").restartNeeded()).isFalse();

        store.update(change("a", "token", "test-2"));
        assertThat(store.describe("a").restartNeeded()).isTrue();
        store.attach("ranker", List.of("a"));
        assertThat(store.describe("a").attachments())
                .extracting(SecretMetadata.Attachment::restartNeeded)
                .containsExactly(true, false);

        store.restarted("llm");
        assertThat(store.describe("a").restartNeeded()).isFalse();
    }

    @Test
    void update_keysOrMountOfAttachedSecret_needRestart() {
        store.create(secret("a", "token", "test-1"));
        store.attach("llm", List.of("a"));
        store.update(change("a", "more", "test-2"));
        assertThat(store.describe("a").restartNeeded()).isTrue();

        store.restarted("llm");
        store.replace(secret("a", "token", "test-1"));
        assertThat(store.describe("a").restartNeeded()).isTrue();

        store.restarted("llm");
        store.update(
                StoredSecret.changesTo("a").mount(SecretMount.files("demo")).build());
        assertThat(store.describe("a").restartNeeded()).isTrue();
    }

    @Test
    void attach_twice_keepsTheRestartThatIsDue() {
        store.create(secret("a", "token", "test-1"));
        store.attach("llm", List.of("a"));
        store.update(change("a", "token", "test-2"));

        store.attach("llm", List.of("a"));

        assertThat(store.describe("a").restartNeeded()).isTrue();
    }

    @Test
    void detach_attachedSecrets_canBeDeleted() {
        store.create(secret("a", "token", "test-1"));
        store.create(secret("b", "other", "test-1"));
        store.attach("llm", List.of("a", "b"));

        store.detach("llm", List.of("a"));
        store.delete("a");

        assertThat(store.attached("llm")).extracting(SecretMetadata::name).containsExactly("b");
        store.detachAll("llm");
        store.delete("b");
    }

    @Test
    void detach_unusedSecret_isRefused() {
        store.create(secret("a", "token", "test-1"));

        assertThatThrownBy(() -> store.detach("llm", List.of("a")))
                .isInstanceOf(SecretNotFoundException.class)
                .hasMessage("deployment llm does not use the secret a");
        assertThatThrownBy(() -> store.detach("llm", List.of("missing"))).isInstanceOf(SecretNotFoundException.class);
    }
}
