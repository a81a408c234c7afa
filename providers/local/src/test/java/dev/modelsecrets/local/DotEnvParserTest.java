package dev.modelsecrets.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractMap.SimpleEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DotEnvParserTest {

    private static Map<String, String> parsed(String text) throws DotEnvSyntaxException {
        return values(DotEnvParser.parse(text));
    }

    private static Map<String, String> expanded(String text, Map<String, String> environment)
            throws DotEnvSyntaxException {
        return values(DotEnvParser.parseExpanding(text, environment));
    }

    private static Map<String, String> values(Map<String, DotEnvVariable> variables) {
        Map<String, String> values = new LinkedHashMap<>();
        variables.forEach((name, variable) -> values.put(name, variable.value()));
        return values;
    }

    @Test
    void parse_wholeFile_allVariables() throws DotEnvSyntaxException {
        String text = """
                # a comment

                PLAIN=p@ss#word
                export BCRYPT=$2a$10$N9qo8uLOickgx2ZMRZoMye
                BASE64=abc==   # padded
                PEM="-----BEGIN TEST-----
                abc
                -----END TEST-----"
                JSON='{"a": "it\\'s"}'
                NOTHING
                YAML: like this
                """;

        assertThat(parsed(text))
                .containsExactly(
                        Map.entry("PLAIN", "p@ss#word"),
                        Map.entry("BCRYPT", "$2a$10$N9qo8uLOickgx2ZMRZoMye"),
                        Map.entry("BASE64", "abc=="),
                        Map.entry("PEM", "-----BEGIN TEST-----\nabc\n-----END TEST-----"),
                        Map.entry("JSON", "{\"a\": \"it's\"}"),
                        new SimpleEntry<>("NOTHING", null),
                        Map.entry("YAML", "like this"));
    }

    @Test
    void parse_allEscapes_decodedInDoubleQuotesOnly() throws DotEnvSyntaxException {
        assertThat(parsed("K=\"\\a\\b\\f\\n\\r\\t\\v\\\\\\\"\\$\\0101\\x\\u0041\\08\""))
                .containsEntry("K", "\u0007\b\f\n\r\t\u000b\\\"$A\\x\\u0041\\08");
        assertThat(parsed("K='\\n\\t\\\\\\$'")).containsEntry("K", "\\n\\t\\\\\\$");
    }

    @Test
    void parse_lines_countedThroughQuotesAndAllLineEnds() throws DotEnvSyntaxException {
        Map<String, DotEnvVariable> variables = DotEnvParser.parse("A=1\r\nB='x\ny'\rC=3\n\n# c\nD=4");

        assertThat(variables.values()).extracting(DotEnvVariable::line).containsExactly(1, 2, 4, 7);
    }

    @Test
    void parse_malformed_saysLineAndWordsOnly() {
        assertMalformed("A=1\nB=\"sentinel", "line 2 opens a quote that nothing closes");
        assertMalformed("A='sentinel\n\n", "line 1 opens a quote that nothing closes");
        assertMalformed("A=\"x\\\"", "line 1 opens a quote that nothing closes");
        assertMalformed("A=\"x\" sentinel", "line 1 has text after the closing quote");
        assertMalformed("A=\"x\ny\" sentinel", "line 2 has text after the closing quote");
        assertMalformed("\n=sentinel", "line 2 does not begin with the name of a variable");
        assertMalformed("$sentinel", "line 1 does not begin with the name of a variable");
        assertMalformed("my sentinel=x", "line 1 has no = after the name of the variable");
    }

    private static void assertMalformed(String text, String message) {
        assertThatThrownBy(() -> DotEnvParser.parse(text))
                .isInstanceOf(DotEnvSyntaxException.class)
                .hasMessage(message);
    }

    @Test
    void parse_nothingButExport_isAVariableOfThatName() throws DotEnvSyntaxException {
        assertThat(parsed("export=1\nexported=2")).containsEntry("export", "1").containsEntry("exported", "2");
    }

    @Test
    void expand_references_replacedWhereTheyAre() throws DotEnvSyntaxException {
        String text =
                "USER=me\nURL=db://$USER:${PASS}@h/${DB:-app}?x=$$1\nQ=\"<${USER}> \\${USER}\"\nS='$USER'\nP='$2a$10$x'";

        assertThat(expanded(text, Map.of("PASS", "p$USER")))
                .containsEntry("URL", "db://me:p$USER@h/app?x=$1")
                .containsEntry("Q", "<me> ${USER}")
                .containsEntry("S", "$USER")
                .containsEntry("P", "$2a$10$x");
    }

    @Test
    void expand_emptyAndMissing_defaultOrFailure() throws DotEnvSyntaxException {
        assertThat(expanded("E=\nA=${E:-d}\nB=${E-d}\nC=${M-d}", Map.of()))
                .containsEntry("A", "d")
                .containsEntry("B", "")
                .containsEntry("C", "d");
        assertThatThrownBy(() -> DotEnvParser.parseExpanding("A=1\nB=$MISSING", Map.of()))
                .hasMessage("line 2 refers to the variable MISSING, which is not set");
    }

    @Test
    void parse_anyText_valuesOrWords() {
        Random random = new Random(7);
        String alphabet = "AB=:'\"\\#$ \t\n\r{}n0é";
        for (int run = 0; run < 20_000; run++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(DotEnvParser.parse(text.toString())).isNotNull();
                assertThat(DotEnvParser.parseExpanding(text.toString(), Map.of("A", "x")))
                        .isNotNull();
            } catch (DotEnvSyntaxException e) {
                assertThat(e.problem()).matches("line \\d+ (opens a quote|has text|does not begin|has no|refers to).*");
            }
        }
    }
}
