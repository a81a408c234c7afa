package dev.modelsecrets.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.Lookup;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentSecretProviderTest {

    private static Lookup find(Map<String, String> environment, String name) {
        return EnvironmentSecretProvider.of(environment).find(Set.of(name)).get(name);
    }

    @Test
    void find_variableWithPrefix_isFoundThere() {
        Lookup lookup = find(Map.of("TRUSS_SECRET_hf_access_token", "hf_1"), "hf_access_token");

        assertThat(lookup.value()).isEqualTo("hf_1");
        assertThat(lookup.location()).isEqualTo("TRUSS_SECRET_hf_access_token");
    }

    @Test
    void find_severalNames_answersEach() {
        Map<String, Lookup> answers = EnvironmentSecretProvider.of(Map.of("TRUSS_SECRET_a", "1", "TRUSS_SECRET_c", "3"))
                .find(Set.of("a", "b", "c"));

        assertThat(answers).containsOnlyKeys("a", "b", "c");
        assertThat(answers.get("a").value()).isEqualTo("1");
        assertThat(answers.get("b").reason()).isEqualTo("TRUSS_SECRET_b is not set");
        assertThat(answers.get("c").value()).isEqualTo("3");
    }

    static Stream<Arguments> verbatimValues() {
        return Stream.of(
                arguments("spaces around", "  token  "),
                arguments("a final line break", "token\n"),
                arguments("a certificate", "-----BEGIN-----\nMIIB\n-----END-----\n"),
                arguments("a tab", "\ttoken"),
                arguments("quotes", "\"token\""),
                arguments("a reference", "${HOME} $(id) %PATH%"),
                arguments("a number", "0123"),
                arguments("null as text", "null"),
                arguments("other scripts", "пароль 密码 🔑"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verbatimValues")
    void find_anyText_isVerbatim(String description, String value) {
        assertThat(find(Map.of("TRUSS_SECRET_token", value), "token").value()).isEqualTo(value);
    }

    @ParameterizedTest(name = "blank {index}")
    @ValueSource(strings = {"", " ", "\t", "\n", "\r\n", " \n "})
    void find_blank_isAbsent(String blank) {
        assertThat(find(Map.of("TRUSS_SECRET_token", blank), "token").reason())
                .isEqualTo("TRUSS_SECRET_token is blank");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nothing                      | TRUSS_SECRET_hf_token is not set
                    TRUSS_SECRET_HF_TOKEN        | TRUSS_SECRET_hf_token is not set (TRUSS_SECRET_HF_TOKEN is: names must match exactly)
                    truss_secret_hf_token        | TRUSS_SECRET_hf_token is not set (truss_secret_hf_token is: names must match exactly)
                    TRUSS_SECRET_hf-token        | TRUSS_SECRET_hf_token is not set (TRUSS_SECRET_hf-token is: names must match exactly)
                    TRUSS_SECRET_hf.token        | TRUSS_SECRET_hf_token is not set (TRUSS_SECRET_hf.token is: names must match exactly)
                    hf_token                     | TRUSS_SECRET_hf_token is not set (hf_token is: a prefix is needed)
                    HF_TOKEN                     | TRUSS_SECRET_hf_token is not set (HF_TOKEN is: a prefix is needed)
                    HF-TOKEN                     | TRUSS_SECRET_hf_token is not set (HF-TOKEN is: a prefix is needed)
                    TRUSS_SECRET_hf_token_2      | TRUSS_SECRET_hf_token is not set
                    MY_TRUSS_SECRET_hf_token     | TRUSS_SECRET_hf_token is not set
                    """)
    void find_otherVariable_isPointedOutIfNear(String variable, String reason) {
        assertThat(find(Map.of(variable, "hunter2"), "hf_token").reason()).isEqualTo(reason);
    }

    @Test
    void find_nearMissWithAndWithoutPrefix_pointsOutTheOneWith() {
        assertThat(find(Map.of("HF_TOKEN", "1", "TRUSS_SECRET_HF_TOKEN", "2"), "hf_token")
                        .reason())
                .isEqualTo(
                        "TRUSS_SECRET_hf_token is not set" + " (TRUSS_SECRET_HF_TOKEN is: names must match exactly)");
    }

    @Test
    void find_exactAndNearVariable_takesTheExactOne() {
        assertThat(find(Map.of("TRUSS_SECRET_TOKEN", "1", "TRUSS_SECRET_token", "2"), "token")
                        .value())
                .isEqualTo("2");
    }

    @Test
    void find_byteOrderMark_fails() {
        Map<String, Lookup> answers = EnvironmentSecretProvider.of(
                        Map.of("TRUSS_SECRET_a", "\uFEFFtoken", "TRUSS_SECRET_b", "token"))
                .find(Set.of("a", "b"));

        assertThat(answers.get("a").problem()).isEqualTo("TRUSS_SECRET_a has a byte order mark: set it without one");
        assertThat(answers.get("b").value()).isEqualTo("token");
    }

    @Test
    void withPrefix_empty_readsPlainVariables() {
        EnvironmentSecretProvider provider = EnvironmentSecretProvider.of(
                        Map.of("AWS_ACCESS_KEY_ID", "AKIA", "TRUSS_SECRET_other", "1"))
                .withPrefix("");

        Map<String, Lookup> answers = provider.find(Set.of("AWS_ACCESS_KEY_ID", "aws_access_key_id", "other"));

        assertThat(answers.get("AWS_ACCESS_KEY_ID").value()).isEqualTo("AKIA");
        assertThat(answers.get("AWS_ACCESS_KEY_ID").location()).isEqualTo("AWS_ACCESS_KEY_ID");
        assertThat(answers.get("aws_access_key_id").reason())
                .isEqualTo("aws_access_key_id is not set (AWS_ACCESS_KEY_ID is: names must match exactly)");
        assertThat(answers.get("other").reason()).isEqualTo("other is not set");
    }

    @Test
    void withPrefix_other_leavesTheFirstProviderAsItWas() {
        EnvironmentSecretProvider truss =
                EnvironmentSecretProvider.of(Map.of("TRUSS_SECRET_a", "truss", "APP_a", "app"));
        EnvironmentSecretProvider app = truss.withPrefix("APP_");

        assertThat(truss.find(Set.of("a")).get("a").value()).isEqualTo("truss");
        assertThat(app.find(Set.of("a")).get("a").value()).isEqualTo("app");
    }

    @Test
    void withPrefix_null_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> EnvironmentSecretProvider.of(Map.of()).withPrefix(null))
                .withMessage("prefix");
    }

    @Test
    void of_mapChangedAfterwards_staysTheSame() {
        Map<String, String> environment = new HashMap<>(Map.of("TRUSS_SECRET_a", "1"));
        EnvironmentSecretProvider provider = EnvironmentSecretProvider.of(environment);

        environment.put("TRUSS_SECRET_a", "2");

        assertThat(provider.find(Set.of("a")).get("a").value()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../a", "a b", "a=b", "ä", "a\0"})
    void find_invalidName_isRefused(String name) {
        assertThatThrownBy(() -> find(Map.of(), name)).isExactlyInstanceOf(InvalidSecretNameException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    TRUSS_SECRET_ | hf_access_token | export TRUSS_SECRET_hf_access_token=...
                    TRUSS_SECRET_ | hf-access-token | env 'TRUSS_SECRET_hf-access-token=...' your-command
                    TRUSS_SECRET_ | tls.key         | env 'TRUSS_SECRET_tls.key=...' your-command
                    TRUSS_SECRET_ | 2nd             | export TRUSS_SECRET_2nd=...
                    ''            | HF_TOKEN        | export HF_TOKEN=...
                    ''            | 2nd             | env '2nd=...' your-command
                    my-           | token           | env 'my-token=...' your-command
                    the-team's-   | token           | env 'the-team'\\''s-token=...' your-command
                    ä             | token           | env 'ätoken=...' your-command
                    """)
    void remedy_name_isACommandThatAShellTakes(String prefix, String name, String command) {
        assertThat(EnvironmentSecretProvider.of(Map.of()).withPrefix(prefix).remedy(name))
                .hasValue(command);
    }

    @Test
    void toString_anyEnvironment_showsThePrefixOnly() {
        EnvironmentSecretProvider provider = EnvironmentSecretProvider.of(Map.of("TRUSS_SECRET_a", "hunter2"));

        assertThat(provider).hasToString("EnvironmentSecretProvider[TRUSS_SECRET_*]");
        assertThat(provider.withPrefix("")).hasToString("EnvironmentSecretProvider[*]");
        assertThat(provider.name()).isEqualTo("environment");
    }
}
