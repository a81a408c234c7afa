package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretDeclarationsTest {

    @Test
    void of_names_keepsTheirOrderAndRequiresEach() {
        SecretDeclarations declarations = SecretDeclarations.of("zeta", "alpha", "Mid-1");

        assertThat(declarations.names()).containsExactly("zeta", "alpha", "Mid-1");
        assertThat(declarations.defaultValue("zeta")).isEmpty();
        assertThat(declarations.defaultValue("alpha")).isEmpty();
        assertThat(declarations.defaultValue("Mid-1")).isEmpty();
    }

    @Test
    void of_noNames_declaresNothing() {
        assertThat(SecretDeclarations.of().names()).isEmpty();
        assertThat(SecretDeclarations.of(Map.of()).names()).isEmpty();
        assertThat(SecretDeclarations.builder().build().names()).isEmpty();
    }

    @Test
    void of_namesThatDifferInCase_areTwoNames() {
        assertThat(SecretDeclarations.of("token", "TOKEN").names()).containsExactly("token", "TOKEN");
    }

    @Test
    void of_sameNameTwice_isRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> SecretDeclarations.of("a", "b", "a"))
                .withMessage("secret a is declared twice");
    }

    @Test
    void of_arrayChangedAfterwards_staysTheSame() {
        String[] names = {"a", "b"};
        SecretDeclarations declarations = SecretDeclarations.of(names);

        Arrays.fill(names, "changed");

        assertThat(declarations.names()).containsExactly("a", "b");
    }

    @Test
    void of_map_keepsItsOrderAndItsDefaults() {
        Map<String, String> nameToDefault = new LinkedHashMap<>();
        nameToDefault.put("required", null);
        nameToDefault.put("empty", "");
        nameToDefault.put("blank", " \t");
        nameToDefault.put("number", "0123");
        nameToDefault.put("word", "null");

        SecretDeclarations declarations = SecretDeclarations.of(nameToDefault);

        assertThat(declarations.names()).containsExactly("required", "empty", "blank", "number", "word");
        assertThat(declarations.defaultValue("required")).isEmpty();
        assertThat(declarations.defaultValue("empty")).hasValue("");
        assertThat(declarations.defaultValue("blank")).hasValue(" \t");
        assertThat(declarations.defaultValue("number")).hasValue("0123");
        assertThat(declarations.defaultValue("word")).hasValue("null");
    }

    @Test
    void of_mapChangedAfterwards_staysTheSame() {
        Map<String, String> nameToDefault = new HashMap<>(Map.of("a", "1"));
        SecretDeclarations declarations = SecretDeclarations.of(nameToDefault);

        nameToDefault.put("a", "2");
        nameToDefault.put("b", "3");

        assertThat(declarations.names()).containsExactly("a");
        assertThat(declarations.defaultValue("a")).hasValue("1");
    }

    @Test
    void of_mapWithNullName_isRefused() {
        Map<String, String> nameToDefault = new HashMap<>();
        nameToDefault.put(null, "x");

        assertThatExceptionOfType(InvalidSecretNameException.class)
                .isThrownBy(() -> SecretDeclarations.of(nameToDefault))
                .withMessageStartingWith("null is not a valid secret name: ");
    }

    @Test
    void of_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> SecretDeclarations.of((String[]) null));
        assertThatNullPointerException().isThrownBy(() -> SecretDeclarations.of((Map<String, String>) null));
        assertThatExceptionOfType(InvalidSecretNameException.class)
                .isThrownBy(() -> SecretDeclarations.of("a", null))
                .withMessageStartingWith("null is not a valid secret name: ");
        assertThatExceptionOfType(InvalidSecretNameException.class)
                .isThrownBy(() -> SecretDeclarations.builder().required(null))
                .withMessageStartingWith("null is not a valid secret name: ");
    }

    @Test
    void builder_requiredAndDefaults_keepTheirOrder() {
        SecretDeclarations declarations = SecretDeclarations.builder()
                .withDefault("region", "eu-west-1")
                .required("token")
                .withDefault("suffix", "")
                .build();

        assertThat(declarations.names()).containsExactly("region", "token", "suffix");
        assertThat(declarations.defaultValue("region")).hasValue("eu-west-1");
        assertThat(declarations.defaultValue("token")).isEmpty();
        assertThat(declarations.defaultValue("suffix")).hasValue("");
    }

    @Test
    void builder_sameNameTwice_isRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> SecretDeclarations.builder()
                        .required("a")
                        .withDefault("a", "x")
                        .build())
                .withMessage("secret a is declared twice");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> SecretDeclarations.builder()
                        .withDefault("a", "x")
                        .required("b")
                        .required("a")
                        .build())
                .withMessage("secret a is declared twice");
    }

    @Test
    void builder_nullDefault_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> SecretDeclarations.builder().withDefault("a", null))
                .withMessage("defaultValue");
    }

    @Test
    void builder_usedAfterBuild_leavesWhatWasBuilt() {
        SecretDeclarations.Builder builder = SecretDeclarations.builder().required("a");
        SecretDeclarations before = builder.build();

        SecretDeclarations after = builder.required("b").build();

        assertThat(before.names()).containsExactly("a");
        assertThat(after.names()).containsExactly("a", "b");
    }

    @Test
    void names_anyChange_isRefused() {
        Set<String> names = SecretDeclarations.of("a", "b").names();

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> names.add("c"));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> names.addAll(List.of("c")));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> names.remove("a"));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> names.removeAll(Set.of("a")));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> names.removeIf(name -> true));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> names.retainAll(Set.of("a")));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(names::clear);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> {
            var iterator = names.iterator();
            iterator.next();
            iterator.remove();
        });
        assertThat(names).containsExactly("a", "b");
    }

    @Test
    void names_asASet_keepsTheContractOfSet() {
        Set<String> names = SecretDeclarations.of("b", "a").names();

        assertThat(names).hasSize(2).isEqualTo(Set.of("a", "b")).hasSameHashCodeAs(Set.of("a", "b"));
        assertThat(Set.of("a", "b")).isEqualTo(names);
        assertThat(names.contains("a")).isTrue();
        assertThat(names.contains("A")).isFalse();
        assertThat(names.contains(null)).isFalse();
        assertThat(names).hasToString("[b, a]");
    }

    @Test
    void defaultValue_nameThatIsNotDeclared_isRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> SecretDeclarations.of("a", "b").defaultValue("c"))
                .withMessage("secret \"c\" is not declared; declared are a, b");
    }

    @Test
    void defaultValue_oddNameAmongThousands_isToldInAFewLines() {
        SecretDeclarations.Builder many = SecretDeclarations.builder();
        for (int i = 0; i < 5_000; i++) {
            many.required("name_" + i);
        }

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> many.build().defaultValue("a\nb"))
                .withMessageStartingWith("secret \"a\\u000ab\" is not declared; declared are name_0, name_1, ")
                .withMessageEndingWith("name_199 and 4800 more");
    }

    @Test
    void toString_defaults_showsNamesOnly() {
        SecretDeclarations declarations = SecretDeclarations.builder()
                .required("b")
                .withDefault("a", "the-fallback")
                .build();

        assertThat(declarations).hasToString("SecretDeclarations[b, a]");
        assertThat(SecretDeclarations.of()).hasToString("SecretDeclarations[]");
    }

    @Test
    void checkName_everyAllowedCharacter_isAllowed() {
        String allowed = "-._abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

        assertThat(SecretDeclarations.checkName(allowed)).isSameAs(allowed);
        allowed.chars()
                .filter(c -> c != '.')
                .mapToObj(Character::toString)
                .forEach(name -> assertThat(SecretDeclarations.checkName(name)).isEqualTo(name));
    }

    @Test
    void checkName_everyOtherCharacter_isRefused() {
        String allowed = "-._abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        StringBuilder accepted = new StringBuilder();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            try {
                SecretDeclarations.checkName("a" + (char) c);
                accepted.append((char) c);
            } catch (InvalidSecretNameException refused) {
                assertThat(refused.getMessage()).startsWith("\"a");
            }
        }

        assertThat(accepted.toString().chars().sorted().toArray())
                .isEqualTo(allowed.chars().sorted().toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", ".a", "a.", "-", "_", "..data", ".hidden", "0"})
    void checkName_oddButValid_isAllowed(String name) {
        assertThat(SecretDeclarations.checkName(name)).isEqualTo(name);
    }

    @Test
    void checkName_longest_isAllowed() {
        String longest = "n".repeat(253);

        assertThat(SecretDeclarations.checkName(longest)).isEqualTo(longest);
    }

    @Test
    void checkName_oneTooLong_isRefusedWithACutName() {
        assertRefused(
                "n".repeat(254),
                "\"" + "n".repeat(64) + "...\" is not a valid secret name: use 1 to 253 letters (a-z, A-Z), digits,"
                        + " '-', '_' and '.', and neither \".\" nor \"..\" alone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "../etc/passwd", "a/b", "/a", "a\\\\b", "a b", " a", "a=b", "a:b", "$(a)", "%2e"})
    void checkName_printable_isRefusedAsItIs(String name) {
        assertRefused(
                name,
                "\"" + name + "\" is not a valid secret name: use 1 to 253 letters (a-z, A-Z), digits, '-', '_' and"
                        + " '.', and neither \".\" nor \"..\" alone");
    }

    @Test
    void checkName_controlCharactersAndUnicode_areRefusedAndEscaped() {
        assertThatRefusalOf("a\0b").startsWith("\"a\\u0000b\" is not a valid");
        assertThatRefusalOf("a\nb").startsWith("\"a\\u000ab\" is not a valid");
        assertThatRefusalOf("a\r").startsWith("\"a\\u000d\" is not a valid");
        assertThatRefusalOf("\u001b[31m").startsWith("\"\\u001b[31m\" is not a valid");
        assertThatRefusalOf("t\u00f6ken").startsWith("\"t\\u00f6ken\" is not a valid");
        assertThatRefusalOf("\uff41").startsWith("\"\\uff41\" is not a valid");
        assertThatRefusalOf("\u0661").startsWith("\"\\u0661\" is not a valid");
        assertThatRefusalOf("\ud83d\udd11").startsWith("\"\\ud83d\\udd11\" is not a valid");
        assertThatRefusalOf("a\u202eb").startsWith("\"a\\u202eb\" is not a valid");
    }

    @Test
    void checkName_null_isRefused() {
        assertThatExceptionOfType(InvalidSecretNameException.class)
                .isThrownBy(() -> SecretDeclarations.checkName(null))
                .withMessageStartingWith("null is not a valid secret name: ");
    }

    private static AbstractStringAssert<?> assertThatRefusalOf(String name) {
        try {
            SecretDeclarations.of(name);
        } catch (InvalidSecretNameException refused) {
            return assertThat(refused.getMessage());
        }
        throw new AssertionError("accepted: " + name);
    }

    /** Every way to declare a name refuses it with the same words. */
    private static void assertRefused(String name, String message) {
        assertThatExceptionOfType(InvalidSecretNameException.class)
                .isThrownBy(() -> SecretDeclarations.checkName(name))
                .withMessage(message);
        assertThatExceptionOfType(InvalidSecretNameException.class)
                .isThrownBy(() -> SecretDeclarations.of("fine", name))
                .withMessage(message);
        assertThatExceptionOfType(InvalidSecretNameException.class)
                .isThrownBy(() -> SecretDeclarations.of(Map.of(name, "x")))
                .withMessage(message);
        assertThatExceptionOfType(InvalidSecretNameException.class)
                .isThrownBy(() -> SecretDeclarations.builder().required(name))
                .withMessage(message);
        assertThatExceptionOfType(InvalidSecretNameException.class)
                .isThrownBy(() -> SecretDeclarations.builder().withDefault(name, "x"))
                .withMessage(message);
        assertThatExceptionOfType(InvalidSecretNameException.class)
                .isThrownBy(() -> Secrets.of(Map.of(name, "x")))
                .withMessage(message);
        assertThatExceptionOfType(InvalidSecretNameException.class)
                .isThrownBy(() -> SecretsResolver.of().resolve(name))
                .withMessage(message);
    }

    private static SecretDeclarations.Builder twoNames() {
        return SecretDeclarations.builder().required("token").withDefault("region", "eu");
    }

    @Test
    void equals_sameNamesDefaultsAndDescriptions_isTrue() {
        SecretDeclarations declarations =
                twoNames().describe("token", "a token").build();

        assertThat(declarations)
                .isEqualTo(twoNames().describe("token", "a token").build())
                .hasSameHashCodeAs(twoNames().describe("token", "a token").build());
        assertThat(SecretDeclarations.of("a", "b"))
                .isEqualTo(
                        SecretDeclarations.builder().required("a").required("b").build());
        assertThat(SecretDeclarations.of(Needs.class)).isEqualTo(SecretDeclarations.of(Needs.class));
    }

    record Needs(String token, Optional<String> region) {}

    @Test
    void equals_anythingElse_isFalse() {
        SecretDeclarations declarations = twoNames().build();

        assertThat(declarations)
                .isNotEqualTo(SecretDeclarations.of("token", "region"))
                .isNotEqualTo(SecretDeclarations.builder()
                        .withDefault("region", "eu")
                        .required("token")
                        .build())
                .isNotEqualTo(SecretDeclarations.builder()
                        .required("token")
                        .withDefault("region", "us")
                        .build())
                .isNotEqualTo(twoNames().describe("token", "a token").build())
                .isNotEqualTo(SecretDeclarations.of("token"))
                .isNotEqualTo(Set.of("token", "region"))
                .isNotEqualTo(null);
        assertThat(SecretDeclarations.of(Needs.class))
                .as("an optional component is more than an empty default")
                .isNotEqualTo(SecretDeclarations.builder()
                        .required("token")
                        .withDefault("region", "")
                        .build());
    }

    @Test
    void optional_noProviderHasIt_isEmptyEvenWithoutDefaults() {
        SecretDeclarations declarations =
                SecretDeclarations.builder().optional("region").build();

        Secrets secrets = SecretsResolver.builder().allowDefaults(false).build().resolve(declarations);

        assertThat(secrets.require("region")).isEmpty();
    }

    @Test
    void include_nameThatBothHave_isRequiredIfOneRequiresIt() {
        SecretDeclarations declarations = twoNames()
                .optional("bucket")
                .include(SecretDeclarations.of("region", "key"))
                .include(SecretDeclarations.builder()
                        .withDefault("token", "x")
                        .optional("key")
                        .optional("endpoint")
                        .build())
                .build();

        assertThat(declarations)
                .isEqualTo(SecretDeclarations.builder()
                        .required("token")
                        .required("region")
                        .optional("bucket")
                        .required("key")
                        .optional("endpoint")
                        .build());
    }

    @Test
    void include_describedName_keepsTheFirstDescription() {
        SecretDeclarations described = twoNames().describe("token", "a token").build();

        assertThat(twoNames().include(described).build().description("token")).contains("a token");
        assertThat(twoNames()
                        .describe("token", "mine")
                        .include(described)
                        .build()
                        .description("token"))
                .contains("mine");
    }
}
