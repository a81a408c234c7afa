package dev.modelsecrets.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How four other readers of {@code .env} files read the same lines, and the table about it in the README.
 *
 * <p>What the others give was found out from their sources: compose-go (what Docker Compose uses), python-dotenv, the
 * dotenv of Node and that of Ruby with its line break mode as it is by default. References to variables, which all but
 * python-dotenv's parser and Node's expand, are left out.
 */
class DotEnvDialectsTest {

    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));

    /** There is no such variable, or it has no value. */
    private static final String NONE = "(none)";

    /** The reader fails. */
    private static final String REFUSED = "(refused)";

    private record Case(String text, String compose, String python, String node, String ruby) {}

    private static final List<Case> CASES = List.of(
            new Case("K=value", "value", "value", "value", "value"),
            new Case("K=p@ss#word", "p@ss#word", "p@ss#word", "p@ss", "p@ss"),
            new Case("K=key=abc==", "key=abc==", "key=abc==", "key=abc==", "key=abc=="),
            new Case("K=value # note", "value", "value", "value", "value"),
            new Case("K=value #note", "value", "value", "value", "value"),
            new Case("K=value\t#note", "value\t#note", "value", "value", "value"),
            new Case("K=value# note", "value# note", "value# note", "value", "value"),
            new Case("K=#value", "#value", "#value", "", ""),
            new Case("K= # note", "# note", "# note", "", ""),
            new Case("K=a b  c", "a b  c", "a b  c", "a b  c", "a b  c"),
            new Case("K= value ", "value", "value", "value", "value"),
            new Case("K =value", "value", "value", "value", "value"),
            new Case("  K=value", "value", "value", "value", "value"),
            new Case("K: value", "value", NONE, "value", "value"),
            new Case("K:value", "value", NONE, NONE, NONE),
            new Case("export K=value", "value", "value", "value", "value"),
            new Case("export\tK=value", "value", "value", "value", "value"),
            new Case("K=", "", "", "", ""),
            new Case("K=\"\"", "", "", "", ""),
            new Case("K=''", "", "", "", ""),
            new Case("K", NONE, NONE, NONE, ""),
            new Case("K=\"a b \"", "a b ", "a b ", "a b ", "a b "),
            new Case("K='a b '", "a b ", "a b ", "a b ", "a b "),
            new Case("K=\"a#b\" # note", "a#b", "a#b", "a#b", "a#b"),
            new Case("K='a # b'", "a # b", "a # b", "a # b", "a # b"),
            new Case("K=\"a\"#note", "a", "a", "a", "a"),
            new Case("K=\"it's\"", "it's", "it's", "it's", "it's"),
            new Case("K='a \"b\"'", "a \"b\"", "a \"b\"", "a \"b\"", "a \"b\""),
            new Case("K={\"a\": \"b\"}", "{\"a\": \"b\"}", "{\"a\": \"b\"}", "{\"a\": \"b\"}", "{\"a\": \"b\"}"),
            new Case("K=\"a\\\"b\"", "a\"b", "a\"b", "a\\\"b", "a\"b"),
            new Case("K='it\\'s'", "it's", "it's", "it\\'s", "it\\'s"),
            new Case("K=\"a\\nb\"", "a\nb", "a\nb", "a\nb", "a\\nb"),
            new Case("K='a\\nb'", "a\\nb", "a\\nb", "a\\nb", "a\\nb"),
            new Case("K=a\\nb", "a\\nb", "a\\nb", "a\\nb", "anb"),
            new Case("K=\"a\\tb\"", "a\tb", "a\tb", "a\\tb", "atb"),
            new Case("K=\"a\\\\b\"", "a\\b", "a\\b", "a\\\\b", "a\\b"),
            new Case("K='a\\\\b'", "a\\\\b", "a\\b", "a\\\\b", "a\\\\b"),
            new Case("K='C:\\dir'", "C:\\dir", "C:\\dir", "C:\\dir", "C:\\dir"),
            new Case("K=C:\\dir", "C:\\dir", "C:\\dir", "C:\\dir", "C:dir"),
            new Case("K=a\\ b", "a\\ b", "a\\ b", "a\\ b", "a b"),
            new Case("K=\"a\\x41\"", "a\\x41", "a\\x41", "a\\x41", "ax41"),
            new Case("K=\"a\\0101\"", "aA", "a\\0101", "a\\0101", "a0101"),
            new Case("K=\"a\nb\"", "a\nb", "a\nb", "a\nb", "a\nb"),
            new Case("K='a\nb'", "a\nb", "a\nb", "a\nb", "a\nb"),
            new Case("K=\"a\r\nb\"", "a\r\nb", "a\nb", "a\nb", "a\nb"),
            new Case("K=a\r\nL=b", "a", "a", "a", "a"),
            new Case("K=a\rL=b", "a\rL=b", "a", "a", "a"),
            new Case("K=`a b`", "`a b`", "`a b`", "a b", "`a b`"),
            new Case("K=a'b", "a'b", "a'b", "a'b", "a'b"),
            new Case("K=it's \"x\"", "it's \"x\"", "it's \"x\"", "it's \"x\"", "it's \"x\""),
            new Case("\ufeffK=value", "value", "value", "value", NONE),
            new Case("K=one\nK=two", "two", "two", "two", "two"),
            new Case("K.A=value", "value", "value", "value", "value"),
            new Case("K-A=value", "value", "value", "value", NONE),
            new Case("K=\"a\" b", NONE, NONE, "\"a\" b", "\"a\" b"),
            new Case("K=\"a", REFUSED, NONE, "\"a", "\"a"),
            new Case("K='a", REFUSED, NONE, "'a", "'a"),
            new Case("no variable", NONE, NONE, NONE, NONE),
            new Case("K=a\u00a0", "a", "a", "a", "a\u00a0"),
            new Case("K=\u00e4", "\u00e4", "\u00e4", "\u00e4", "\u00e4"),
            new Case("K=\"a\\$b\"", "a$b", "a\\$b", "a\\$b", "a$b"),
            new Case("K='$2a$10$x'", "$2a$10$x", "$2a$10$x", "$2a$10$x", "$2a$10$x"));

    @Test
    void parse_valuesOfOneLine_asWritten() throws DotEnvSyntaxException {
        assertThat(ours("K=p@ss#word")).isEqualTo("p@ss#word");
        assertThat(ours("K=$2a$10$abc")).isEqualTo("$2a$10$abc");
        assertThat(ours("K=key=abc==")).isEqualTo("key=abc==");
        assertThat(ours("K=value # note")).isEqualTo("value");
    }

    @Test
    void readme_always_hasTheTableOfDialects() throws IOException {
        assertThat(Files.readString(MODULE.resolve("README.md"))).contains(table());
    }

    private static String table() {
        StringBuilder table = new StringBuilder();
        table.append("| Line | Here | Compose | Python | Node | Ruby |\n| --- | --- | --- | --- | --- | --- |\n");
        for (Case row : CASES) {
            String here = ours(row.text);
            table.append("| ")
                    .append(code(row.text))
                    .append(" | ")
                    .append(cell(here))
                    .append(" |");
            for (String other : List.of(row.compose, row.python, row.node, row.ruby)) {
                table.append(other.equals(here) ? " = |" : " " + cell(other) + " |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String ours(String text) {
        try {
            Map<String, DotEnvVariable> variables = DotEnvParser.parse(text);
            DotEnvVariable variable =
                    variables.isEmpty() ? null : variables.values().iterator().next();
            return variable == null || variable.value() == null ? NONE : variable.value();
        } catch (DotEnvSyntaxException e) {
            return REFUSED;
        }
    }

    private static String cell(String value) {
        return value.equals(NONE) || value.equals(REFUSED) ? value : value.isEmpty() ? "(empty)" : code(value);
    }

    /** Shows control characters as a Java string has them. */
    private static String code(String text) {
        String shown = text.replace("\n", "\u240a")
                .replace("\r", "\u240d")
                .replace("\t", "\u2409")
                .replace("\ufeff", "(BOM)")
                .replace("\u00a0", "(NBSP)");
        return shown.contains("`") ? "`` " + shown + " ``" : "`" + shown + "`";
    }
}
