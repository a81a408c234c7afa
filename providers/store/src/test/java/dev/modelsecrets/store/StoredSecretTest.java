package dev.modelsecrets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.modelsecrets.InvalidSecretNameException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredSecretTest {

    @Test
    void opaque_withKeys_isValid() {
        StoredSecret secret = StoredSecret.builder("hf-secret")
                .values(Map.of("hf-token", "test-token"))
                .build();

        assertThat(secret.name()).isEqualTo("hf-secret");
        assertThat(secret.keys()).containsExactly("hf-token");
        assertThat(secret).hasToString("StoredSecret[hf-secret, keys [hf-token]]");
    }

    @Test
    void opaque_withoutKeys_isRefused() {
        assertThatThrownBy(() -> StoredSecret.builder("a").build())
                .isInstanceOf(InvalidSecretException.class)
                .hasMessage("secret a is not valid: a secret needs at least one key with a value");
    }

    @Test
    void registry_withAllFourKeys_isValid() {
        assertThat(Fixtures.registry("iad-creds", "iad.ocir.io", "test-password")
                        .keys())
                .containsExactly("registry_server", "username", "password", "email");
    }

    @Test
    void registry_withMissingAndUnknownKeys_isRefusedWithAllProblems() {
        InvalidSecretException refused = catchThrowableOfType(
                InvalidSecretException.class,
                () -> StoredSecret.builder("iad-creds")
                        .type(SecretType.CONTAINER_REGISTRY)
                        .value("username", "test-user")
                        .value("password", "test-password")
                        .value("token", "test-token")
                        .build());

        assertThat(refused.problems())
                .containsExactly(
                        "a container_registry secret needs the key registry_server",
                        "a container_registry secret needs the key email",
                        "a container_registry secret has the keys registry_server, username, password, email and no"
                                + " others");
        assertThat(refused).hasMessageStartingWith("secret iad-creds is not valid:\n  a container_registry");
    }

    @Test
    void value_thatNoProviderWouldHandOver_isRefused() {
        InvalidSecretException refused = catchThrowableOfType(
                InvalidSecretException.class,
                () -> StoredSecret.builder("a")
                        .value("blank", " \n")
                        .value("surrogate", "test-\ud800")
                        .value("large", "x".repeat((1 << 20) + 1))
                        .value("largeInUtf8", "\u20ac".repeat((1 << 20) / 3 + 1))
                        .value("largest", "\u20ac".repeat((1 << 20) / 3))
                        .value("good", "test-\u00e9\ud83d\ude00\n")
                        .build());

        assertThat(refused.problems())
                .containsExactly(
                        "the value of key blank is blank, which would count as absent",
                        "the value of key surrogate is not valid Unicode; store binary data as base64",
                        "the value of key large is larger than 1 MiB",
                        "the value of key largeInUtf8 is larger than 1 MiB");
    }

    @Test
    void name_notValid_isRefused() {
        assertThatThrownBy(() -> StoredSecret.builder("a/b")).isInstanceOf(InvalidSecretNameException.class);
        assertThatThrownBy(() -> StoredSecret.changesTo("..")).isInstanceOf(InvalidSecretNameException.class);
    }

    @Test
    void key_confusedWithValue_isRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> StoredSecret.builder("aws").value("test/secret+value", "AWS_SECRET_ACCESS_KEY"))
                .isInstanceOf(InvalidSecretNameException.class)
                .hasMessageStartingWith("secret aws, the name of a key: this is not a valid secret name")
                .hasMessageNotContaining("test/secret+value");
    }

    @Test
    void subPath_ofMissingKey_isRefused() {
        assertThatThrownBy(() -> StoredSecret.builder("a")
                        .value("key", "test-value")
                        .mount(SecretMount.files("demo", Map.of("other", "sub")))
                        .build())
                .isInstanceOf(InvalidSecretException.class)
                .hasMessage("secret a is not valid: a sub path is given for a key that the secret does not have");
    }

    @Test
    void mount_files_tellsWhereKeysGo() {
        SecretMount mount = SecretMount.files("$BENTOML_HOME/demo", Map.of("password", "secrets"));

        assertThat(mount.directory()).contains("$BENTOML_HOME/demo");
        assertThat(mount.subPaths()).containsExactly(Map.entry("password", "secrets"));
        assertThat(mount).hasToString("files in $BENTOML_HOME/demo {password=secrets}");
        assertThat(SecretMount.environment()).hasToString("environment").isNotEqualTo(mount);
        assertThat(SecretMount.environment().directory()).isEmpty();
    }
}
