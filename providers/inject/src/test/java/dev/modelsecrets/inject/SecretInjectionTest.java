package dev.modelsecrets.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.SecretDeclarations;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretInjectionTest {

    @Test
    void declarations_severalEntries_areTheirSecretsOnceAndInOrder() {
        Map<String, String> mapping = new LinkedHashMap<>();
        mapping.put("Z", "zulu");
        mapping.put("A", "alfa");
        SecretDeclarations declarations = SecretInjection.builder()
                .file("mike")
                .variable("HF_TOKEN", "hf-secret", "hf-token")
                .variables(mapping)
                .variable("M", "mike")
                .file("bravo", "sub/b")
                .file("alfa")
                .build()
                .declarations();

        assertThat(declarations.names()).containsExactly("mike", "hf-secret.hf-token", "zulu", "alfa", "bravo");
    }

    @Test
    void declarations_all_areRequired() {
        SecretDeclarations declarations =
                SecretInjection.builder().file("a").build().declarations();

        assertThat(declarations.defaultValue("a")).isEmpty();
    }

    @Test
    void declarations_noEntry_areEmpty() {
        assertThat(SecretInjection.builder().build().declarations().names()).isEmpty();
    }

    @Test
    void build_builderChangedAfterwards_keepsWhatItWas() {
        SecretInjection.Builder builder = SecretInjection.builder().file("a");
        SecretInjection injection = builder.build();

        builder.file("b").variable("B", "b").keepInherited("AUTH_SECRET").expandArguments(ArgumentExpansion.STRICT);

        assertThat(injection.declarations().names()).containsExactly("a");
        assertThat(injection.files()).hasSize(1);
        assertThat(injection.variables()).isEmpty();
        assertThat(injection.keptInherited()).isEmpty();
        assertThat(injection.argumentExpansion()).isEqualTo(ArgumentExpansion.OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a b", "../a", "é"})
    void builder_notASecretName_isRefusedAtOnce(String name) {
        SecretInjection.Builder builder = SecretInjection.builder();

        assertThatExceptionOfType(InvalidSecretNameException.class).isThrownBy(() -> builder.file(name));
        assertThatExceptionOfType(InvalidSecretNameException.class).isThrownBy(() -> builder.file(name, "path"));
        assertThatExceptionOfType(InvalidSecretNameException.class).isThrownBy(() -> builder.variable("A", name));
        assertThatExceptionOfType(InvalidSecretNameException.class)
                .isThrownBy(() -> builder.variables(Map.of("A", name)));
        assertThatExceptionOfType(InvalidSecretNameException.class)
                .isThrownBy(() -> builder.variable("A", name, "key"));
        assertThatExceptionOfType(InvalidSecretNameException.class)
                .isThrownBy(() -> builder.variable("A", "name", name));
    }

    @ParameterizedTest
    @CsvSource({"126, 126, true", "126, 127, false"})
    void variable_nameAndKey_mayHave253CharactersTogether(int name, int key, boolean allowed) {
        SecretInjection.Builder builder = SecretInjection.builder();

        if (allowed) {
            assertThat(builder.variable("A", "n".repeat(name), "k".repeat(key))).isSameAs(builder);
        } else {
            assertThatExceptionOfType(InvalidSecretNameException.class)
                    .isThrownBy(() -> builder.variable("A", "n".repeat(name), "k".repeat(key)));
        }
    }

    @Test
    void builder_null_isRefused() {
        SecretInjection.Builder builder = SecretInjection.builder();

        assertThatNullPointerException().isThrownBy(() -> builder.variable(null, "a"));
        assertThatNullPointerException().isThrownBy(() -> builder.file("a", null));
        assertThatNullPointerException().isThrownBy(() -> builder.keepInherited("A", null));
        assertThatNullPointerException().isThrownBy(() -> builder.expandArguments(null));
        assertThatNullPointerException()
                .isThrownBy(() -> SecretInjection.builder().build().plan(null));
    }

    @Test
    void builder_secretNameThatIsNull_isNoSecretName() {
        SecretInjection.Builder builder = SecretInjection.builder();

        assertThatExceptionOfType(InvalidSecretNameException.class).isThrownBy(() -> builder.variable("A", null));
        assertThatExceptionOfType(InvalidSecretNameException.class).isThrownBy(() -> builder.file(null));
    }

    @Test
    void toString_entries_areShownWithTheirSecrets() {
        SecretInjection injection = SecretInjection.builder()
                .variable("HF_TOKEN", "hf-secret", "hf-token")
                .file("db", "secrets/password/db")
                .build();

        assertThat(injection)
                .hasToString(
                        "SecretInjection[variables=[HF_TOKEN<-hf-secret.hf-token], files=[secrets/password/db<-db]]");
    }
}
