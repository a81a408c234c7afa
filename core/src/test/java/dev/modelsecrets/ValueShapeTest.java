package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueShapeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "test-token\\n | ends in a line break",
                "test-token\\n\\n | ends in a line break",
                "test-token\\r\\n | ends in a line break",
                "test\\0token | has a control character",
                "test\\33token | has a control character",
                "${HF_TOKEN} | looks like a variable that was not expanded",
                "$(HF_TOKEN) | looks like a variable that was not expanded",
                "{{ hf_token }} | looks like a variable that was not expanded",
                "${{ secrets.HF_TOKEN }} | looks like a variable that was not expanded",
                "test-token\u00a0 | ends in white space",
                "test-token\u200b | ends in white space",
                "\"test-token\" | is in quotes",
                "*** | looks like a placeholder",
                "changeme | looks like a placeholder",
                "CHANGE_ME | looks like a placeholder",
                "<your token> | looks like a placeholder",
                "your-api-key-here | looks like a placeholder",
                "-----BEGIN PRIVATE KEY-----\\\\nabc\\\\n-----END PRIVATE KEY----- | has the two characters"
            })
    void remark_looksLikeAMistake_saysSo(String written, String remark) {
        assertThat(ValueShape.remark(written.translateEscapes())).startsWith(remark);
    }

    @Test
    void remark_byteOrderMark_saysSo() {
        assertThat(ValueShape.remark("\ufefftest-token"))
                .isEqualTo("begins with a byte order mark: save it without one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test-token",
                "p@ss#word",
                "$2a$10$abcdefghijklmnopqrstuv",
                "it's",
                "{\"user\": \"x\"}",
                "-----BEGIN KEY-----\nabc\n-----END KEY-----\n",
                "first line\nsecond line\n",
                "a\tb",
                "0123",
                "no",
                "pa<ss>word",
                "x"
            })
    void remark_ordinaryValue_isNone(String value) {
        assertThat(ValueShape.remark(value)).isNull();
    }

    @Test
    void resolve_oddValue_warnsOnceAndKeepsIt() {
        SecretsResolver resolver = SecretsResolver.of(new FakeProvider("environment").has("token", "test-token\n"));

        try (LogCapture log = new LogCapture()) {
            assertThat(resolver.resolve("token")).isEqualTo(Map.of("token", "test-token\n"));
            resolver.resolve("token");

            assertThat(log.lines())
                    .containsExactly("WARNING The value of the secret token (environment: /environment/token) ends in a"
                            + " line break, which an HTTP header cannot carry: set it without one (printf instead of"
                            + " echo)");
        }
    }

    @Test
    void explain_oddValue_remarksOnEveryPlace() {
        ResolutionReport report = SecretsResolver.of(
                        new FakeProvider("first").has("token", "fine-token"),
                        new FakeProvider("second").has("token", "***"))
                .explain(SecretDeclarations.of("token"));

        assertThat(report.entries().get(0).remarks())
                .containsExactly("second: /second/token: the value looks like a placeholder: set the real one");
        assertThat(report.toString())
                .endsWith("token: second: /second/token: the value looks like a placeholder: set" + " the real one\n");
    }
}
