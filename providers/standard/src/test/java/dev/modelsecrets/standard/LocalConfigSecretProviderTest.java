package dev.modelsecrets.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.standard.internal.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the YAML of a local config means; {@link LocalConfigFileTest} is about the file itself. */
class LocalConfigSecretProviderTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("config.yaml");
    }

    private Lookup find(String yaml) throws Exception {
        Files.writeString(file, yaml);
        return LocalConfigSecretProvider.at(file).find(Set.of("token")).get("token");
    }

    private void assertFails(String yaml, String problem) {
        assertThatThrownBy(() -> find(yaml))
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessage("local config: " + file + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "hf_1A2b",
                "0123",
                "00",
                "08",
                "1e5",
                "1E400",
                "1.10",
                "1.",
                ".5",
                "-0",
                "+1",
                "-1",
                "12345678901234567890",
                "1_000",
                "0x1F",
                "0xdeadbeef",
                "0b101",
                "0o17",
                "017",
                "1,000",
                "12:30:45",
                "190:20:30",
                "2024-01-01",
                "2024-01-01T00:00:00Z",
                ".inf",
                "-.INF",
                "+.inf",
                ".nan",
                ".NaN",
                "no",
                "No",
                "NO",
                "yes",
                "on",
                "off",
                "y",
                "n",
                "true",
                "True",
                "TRUE",
                "false",
                "nULL",
                "nil",
                "None",
                "=",
                "==",
                "a=b",
                "a:b",
                "a#b",
                "-a",
                "?a",
                ":a",
                "a*b",
                "a&b",
                "a!b",
                "a@b",
                "a%b",
                "a`b",
                "a'b",
                "a\"b",
                "a\\nb",
                "a|b",
                "a>b",
                "a[b",
                "a]b",
                "a{b",
                "a}b",
                "a,b",
                "two words",
                "$HOME",
                "${HOME}",
                "/path/to",
                "~/x",
                "<",
                "пароль",
                "密码",
                "🔑🔑",
                "-----BEGIN-----"
            })
    void find_plainScalar_isTheTextAsWritten(String scalar) throws Exception {
        Lookup lookup = find("secrets:\n  token: " + scalar + "\n");

        assertThat(lookup.value()).isEqualTo(scalar);
        assertThat(lookup.location()).isEqualTo(file + " secrets.token");
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("quoted null", "\"null\"", "null"),
                arguments("single-quoted null", "'null'", "null"),
                arguments("quoted tilde", "'~'", "~"),
                arguments("quoted number", "'0123'", "0123"),
                arguments("quoted boolean", "\"no\"", "no"),
                arguments("special characters in quotes", "'*&!%@`#: {[|>'", "*&!%@`#: {[|>"),
                arguments("a quote in single quotes", "'it''s'", "it's"),
                arguments("escapes in double quotes", "\"a\\tb\\u00e9\\x41\\\\\\\"\"", "a\tb\u00e9A\\\""),
                arguments("a NUL by its escape", "\"a\\0b\"", "a\0b"),
                arguments("backslashes in single quotes", "'a\\tb'", "a\\tb"),
                arguments("spaces in quotes", "'  token  '", "  token  "),
                arguments("spaces behind", "token   ", "token"),
                arguments("a comment behind", "token # hunter2", "token"),
                arguments("a tab before a comment", "token\t# hunter2", "token"),
                arguments("folded lines", "two\n    lines", "two lines"),
                arguments("a literal block", "|\n    first\n    second\n", "first\nsecond\n"),
                arguments("a literal block, stripped", "|-\n    first\n    second\n", "first\nsecond"),
                arguments("a literal block, kept", "|+\n    first\n", "first\n\n"),
                arguments("a literal block, indented", "|2\n     first\n    second\n", " first\nsecond\n"),
                arguments("a literal block that says null", "|-\n    null\n", "null"),
                arguments("a folded block", ">\n    first\n    second\n", "first second\n"),
                arguments("an anchor", "&a token", "token"),
                arguments("an anchor and quotes", "&a 'null'", "null"),
                arguments("a string tag", "!!str token", "token"),
                arguments("a string tag on a number", "!!str 0123", "0123"),
                arguments("a string tag on null", "!!str null", "null"),
                arguments("a string tag on a tilde", "!!str ~", "~"),
                arguments("a string tag, written out", "!<tag:yaml.org,2002:str> no", "no"),
                arguments("a string tag and an anchor", "!!str &a 1e5", "1e5"),
                arguments("a byte order mark inside", "a\uFEFFb", "a\uFEFFb"),
                arguments("a long text", "x".repeat(100_000), "x".repeat(100_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void find_otherScalar_isItsText(String description, String yaml, String value) throws Exception {
        assertThat(find("secrets:\n  token: " + yaml + "\n").value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "   ",
                "null",
                "Null",
                "NULL",
                "~",
                "# comment",
                "null # comment",
                "&a",
                "&a null",
                "&a # x"
            })
    void find_nullScalar_isAbsent(String scalar) throws Exception {
        assertThat(find("secrets:\n  token: " + scalar + "\n  other: x\n").reason())
                .isEqualTo(file + " has it as null, at line 2, column 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"''", "\"\"", "' '", "\"\\t\\n\"", "|", ">", "|\n\n", "!!str", "!!str ''", "&a ''", "&a \"\""})
    void find_blankScalar_isAbsent(String scalar) throws Exception {
        assertThat(find("secrets:\n  token: " + scalar + "\n").reason()).isEqualTo(file + " secrets.token is blank");
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                arguments("flow maps", "{secrets: {token: value}}"),
                arguments("JSON", "{\"secrets\": {\"token\": \"value\"}}"),
                arguments("JSON over lines", "{\n  \"secrets\": {\n    \"token\": \"value\"\n  }\n}\n"),
                arguments("quoted keys", "'secrets':\n  \"token\": value\n"),
                arguments("explicit keys", "? secrets\n: ? token\n  : value\n"),
                arguments("a start and an end", "---\nsecrets:\n  token: value\n...\n"),
                arguments("a version", "%YAML 1.1\n---\nsecrets:\n  token: value\n"),
                arguments("line breaks of DOS", "secrets:\r\n  token: value\r\n"),
                arguments("no final line break", "secrets:\n  token: value"),
                arguments("comments", "# a\nsecrets: # b\n  # c\n  token: value # d\n# e\n"),
                arguments("neighbours", "a: {b: [c, {d: e}]}\nsecrets:\n  token: value\nz:\n  - y\n"),
                arguments("a list under another name", "secrets:\n  other: [1, 2]\n  token: value\n"),
                arguments("a map under another name", "secrets:\n  other:\n    a: b\n  token: value\n"),
                arguments("a tag under another name", "secrets:\n  other: !vault x\n  token: value\n"),
                arguments(
                        "other names that are no secret names", "secrets:\n  a/b: x\n  ? ''\n  : y\n  token: value\n"),
                arguments("an anchor on the section", "secrets: &a\n  token: value\n"),
                arguments("an anchor on a key", "secrets:\n  &a token: value\n"),
                arguments("the same key in another map", "token: x\nother:\n  token: y\nsecrets:\n  token: value\n"),
                arguments("the same key in two maps", "a: {x: 1}\nb: [{x: 1}, {x: 2}]\nsecrets:\n  token: value\n"),
                arguments("keys that differ in case", "secrets:\n  TOKEN: x\n  token: value\n"),
                arguments("a section in a section", "secrets:\n  secrets: x\n  token: value\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void find_anyLayout_isFound(String description, String yaml) throws Exception {
        assertThat(find(yaml).value()).isEqualTo("value");
    }

    static Stream<Arguments> documentsWithoutSection() {
        return Stream.of(
                arguments("nothing", ""),
                arguments("a line break", "\n"),
                arguments("spaces", "   \n"),
                arguments("only comments", "# secrets:\n#   token: x\n"),
                arguments("a start", "---\n"),
                arguments("a start and an end", "---\n...\n"),
                arguments("null", "null\n"),
                arguments("a tilde", "~\n"),
                arguments("another section", "remotes:\n  token: x\n"),
                arguments("the section below another", "other:\n  secrets:\n    token: x\n"));
    }

    @Test
    void find_sectionInOtherCase_isPointedOut() throws Exception {
        assertThat(find("# x\nSecrets:\n  token: x\n").reason())
                .isEqualTo(file + " has no `secrets:` section: it has `Secrets` (line 2);"
                        + " the section is called `secrets:`, its names indented below it");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documentsWithoutSection")
    void find_noSection_isAbsent(String description, String yaml) throws Exception {
        assertThat(find(yaml).reason()).isEqualTo(file + " has no `secrets:` section");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secrets:",
                "secrets: ~",
                "secrets: null",
                "secrets: {}",
                "secrets: &a",
                "secrets: # x",
                "secrets:\n  other: x"
            })
    void find_sectionWithoutTheName_isAbsent(String yaml) throws Exception {
        assertThat(find(yaml + "\n").reason()).isEqualTo(file + " has no such secret");
    }

    @ParameterizedTest
    @CsvSource({
        "TOKEN,              ' (TOKEN is there: names must match exactly)'",
        "Token,              ' (Token is there: names must match exactly)'",
        "TRUSS_SECRET_token, ' (TRUSS_SECRET_token is there: the prefix is for variables only)'",
        "token2,             ''"
    })
    void find_otherName_isPointedOutIfNear(String key, String remark) throws Exception {
        assertThat(find("secrets:\n  " + key + ": hunter2\n").reason())
                .isEqualTo(file + " has no such secret" + remark);
    }

    @Test
    void find_severalNames_answersEach() throws Exception {
        Files.writeString(file, "secrets:\n  a: 1\n  c:\n  d: ''\n");

        Map<String, Lookup> answers = LocalConfigSecretProvider.at(file).find(Set.of("a", "b", "c", "d"));

        assertThat(answers).containsOnlyKeys("a", "b", "c", "d");
        assertThat(answers.get("a").value()).isEqualTo("1");
        assertThat(answers.get("b").reason()).isEqualTo(file + " has no such secret");
        assertThat(answers.get("c").reason()).isEqualTo(file + " has it as null, at line 3, column 3");
        assertThat(answers.get("d").reason()).isEqualTo(file + " secrets.d is blank");
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                arguments("{a: b}", "is a map or a list, not text"),
                arguments("[a]", "is a map or a list, not text"),
                arguments("{}", "is a map or a list, not text"),
                arguments("[]", "is a map or a list, not text"),
                arguments("\n    - a", "is a map or a list, not text"),
                arguments("\n    a: b", "is a map or a list, not text"),
                arguments("!vault {a: b}", "is a map or a list, not text"),
                arguments("!!int 5", "has a tag (!); put a value that starts with ! in quotes"),
                arguments("!!null null", "has a tag (!); put a value that starts with ! in quotes"),
                arguments("!!binary aHVudGVyMg==", "has a tag (!); put a value that starts with ! in quotes"),
                arguments("!vault hunter2", "has a tag (!); put a value that starts with ! in quotes"),
                arguments("!hunter2", "has a tag (!); put a value that starts with ! in quotes"),
                arguments("! null", "has a tag (!); put a value that starts with ! in quotes"));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void find_wrongValueUnderTheName_failsForThatName(String yaml, String problem) throws Exception {
        Files.writeString(file, "secrets:\n  token: " + yaml + "\n  other: value\n");

        Map<String, Lookup> answers = LocalConfigSecretProvider.at(file).find(Set.of("token", "other"));

        assertThat(answers.get("token").problem())
                .isEqualTo(file + ": the secret token at line 2, column 3 " + problem);
        assertThat(answers.get("other").value()).isEqualTo("value");
    }

    static Stream<Arguments> wrongShapes() {
        String list = " has a `secrets:` section that is a list; write each name as `name: null`, without a dash, at ";
        String noMap =
                " has a `secrets:` section that is not a map; write each name as `name: null` on a line of its own,"
                        + " at ";
        return Stream.of(
                arguments("- secrets\n", " is not a map of keys and values at line 1, column 1"),
                arguments("hunter2\n", " is not a map of keys and values at line 1, column 1"),
                arguments("# x\n\n  'hunter2'\n", " is not a map of keys and values at line 3, column 3"),
                arguments("''\n", " is not a map of keys and values at line 1, column 1"),
                arguments("secrets: hunter2\n", noMap + "line 1, column 10"),
                arguments("secrets: ''\n", noMap + "line 1, column 10"),
                arguments("secrets: [token]\n", list + "line 1, column 10"),
                arguments("secrets:\n- token: hunter2\n", list + "line 2, column 1"),
                arguments("secrets:\n  token hunter2\n", noMap + "line 2, column 3"),
                arguments(
                        "secrets:\n  token: a\n  token: b\n",
                        " has a key twice, first on line 2 and again at line 3, column 3"),
                arguments(
                        "secrets:\n  token: a\n  'token': a\n",
                        " has a key twice, first on line 2 and again at line 3, column 3"),
                arguments(
                        "secrets:\n  other: a\n  other: b\n  token: c\n",
                        " has a key twice, first on line 2 and again at line 3, column 3"),
                arguments(
                        "secrets: {token: a, token: b}\n",
                        " has a key twice, first on line 1 and again at line 1, column 21"),
                arguments(
                        "secrets:\n  token: a\nsecrets:\n  token: b\n",
                        " has a key twice, first on line 1 and again at line 3, column 1"),
                arguments("a: 1\na: 2\n", " has a key twice, first on line 1 and again at line 2, column 1"),
                arguments("secrets:\n  token: a\n---\nother: b\n", " has a second document, at line 4, column 1"),
                arguments("---\n---\nsecrets:\n  token: a\n", " has a second document, at line 3, column 1"),
                arguments("secrets:\n  token: a\n---\n", " has a second document, at line 4, column 1"),
                arguments(
                        "other: &a {token: x}\nsecrets: *a\n",
                        " has a `secrets:` section that is an alias, which is not supported, at line 2, column 10"),
                arguments(
                        "secrets: &a {token: x}\nother: *a\n",
                        " uses an alias (*), which is not supported, at line 2, column 8"),
                arguments(
                        "a: &a x\nb: [1, {c: *a}]\nsecrets: {token: x}\n",
                        " uses an alias (*), which is not supported, at line 2, column 12"),
                arguments(
                        "a: &a x\nsecrets:\n  other: *a\n  token: x\n",
                        " uses an alias (*), which is not supported; put a value that starts with * in quotes,"
                                + " at line 3, column 10"),
                arguments(
                        "a: &a x\nsecrets:\n  other: [*a]\n  token: x\n",
                        " uses an alias (*), which is not supported, at line 3, column 11"),
                arguments(
                        "secrets:\n  token: *hunter2\n",
                        " uses an alias (*), which is not supported; put a value that starts with * in quotes,"
                                + " at line 2, column 10"),
                arguments(
                        "other: &a {token: x}\n<<: *a\n",
                        " merges another map, which is not supported, at line 2, column 1"),
                arguments(
                        "<<: {secrets: {token: x}}\n",
                        " merges another map, which is not supported, at line 1, column 1"),
                arguments(
                        "secrets:\n  <<: {token: x}\n",
                        " merges another map, which is not supported, at line 2, column 3"),
                arguments(
                        "other: &a {token: x}\nsecrets:\n  <<: *a\n",
                        " merges another map, which is not supported, at line 3, column 3"));
    }

    @ParameterizedTest
    @MethodSource("wrongShapes")
    void find_wrongShape_fails(String yaml, String problem) {
        assertFails(yaml, problem);
    }

    static Stream<Arguments> malformed() {
        String special = ": a value that starts with a special character must be in quotes";
        String tab = ": a tab stands where only spaces may";
        String key = ": a key must be text, not a map or a list";
        String indentation = ": the indentation does not match, or text follows a closing quote";
        return Stream.of(
                arguments("\"hunter2", "line 3, column 1: a quote is not closed"),
                arguments("'hunter2", "line 3, column 1: a quote is not closed"),
                arguments("@hunter2", "line 2, column 10" + special),
                arguments("%hunter2", "line 2, column 10" + special),
                arguments("`hunter2", "line 2, column 10" + special),
                arguments("* hunter2", "line 2, column 11: a value that starts with * or & must be in quotes"),
                arguments("& hunter2", "line 2, column 11: a value that starts with * or & must be in quotes"),
                arguments("\thunter2", "line 2, column 10" + tab),
                arguments("hunter2\n\tother: x", "line 3, column 1" + tab),
                arguments("hunter2: x", "line 2, column 17: a value that contains ': ' must be in quotes"),
                arguments(
                        "\"hun\\ter2 \\q\"",
                        "line 2, column 21: a backslash in double quotes must be doubled; single quotes need no escapes"),
                arguments("\"hunter2\\xZZ\"", "line 2, column 20"),
                arguments("\"hunter2\\u12\"", "line 2, column 20"),
                arguments("'hunter'2'", "line 2, column 18" + indentation),
                arguments("hunter2\n other: x", "line 3, column 2" + indentation),
                arguments("hunter2\n}", "line 3, column 1" + indentation),
                arguments("&a &b hunter2", "line 2, column 13" + indentation),
                arguments("hunter2\n  other", "line 4, column 1: a line has no ':' after its key"),
                arguments("{hunter2", "line 3, column 1: a bracket is not closed"),
                arguments("[hunter2, [", "line 3, column 1"),
                arguments("|hunter2", "line 2, column 11"),
                arguments("|0\n    hunter2", "line 2, column 11"),
                arguments("!<hunter2", "line 2, column 19"),
                arguments("!a!hunter2 x", "line 2, column 10"),
                arguments("hunter2\n...\nhunter2: x", "line 4, column 1: text follows the end of the document"),
                arguments("hunter2\n  ? [a]\n  : x", "line 3, column 6" + key),
                arguments("hunter2\n  ? {a: b}\n  : x", "line 3, column 6" + key));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void find_malformedYaml_fails(String value, String problem) {
        assertFails("secrets:\n  token: " + value + "\n", " is not valid YAML at " + problem);
    }

    @Test
    void find_escapeThatIsNoCharacter_fails() {
        String escape = ": an escape in double quotes does not stand for a character";
        assertFails("secrets:\n  token: \"\\Ua3928a1f\"\n", " is not valid YAML at line 2, column 13" + escape);
        assertFails("other: \"\\Uffffffff\"\n", " is not valid YAML at line 1, column 11" + escape);
    }

    static Stream<Arguments> escapedSlashes() {
        return Stream.of(
                arguments("\"https:\\/\\/x\"", "https://x"),
                arguments("\"\\/\"", "/"),
                arguments("\"a\\\\/b\"", "a\\/b"),
                arguments("\"a\\\\\\/b\"", "a\\/b"),
                arguments("'a\\/b'", "a\\/b"),
                arguments("a\\/b", "a\\/b"),
                arguments("|-\n    a\\/b", "a\\/b"),
                arguments("'\"a\\/b\"'", "\"a\\/b\""),
                arguments("\"a\\/b\\ac\"", "a/b\u0007c"),
                arguments("\"a\\/b\\x07c\\v\"", "a/b\u0007c\u000b"));
    }

    @ParameterizedTest
    @MethodSource("escapedSlashes")
    void find_escapedSlash_isASlashInDoubleQuotesOnly(String yaml, String value) throws Exception {
        assertThat(find("secrets:\n  other: \"\\/\"\n  token: " + yaml + "\n").value())
                .isEqualTo(value);
    }

    @Test
    void find_escapedSlashInJson_isRead() throws Exception {
        assertThat(find("{\"x\\/y\": \"\\/\", \"secrets\": {\"token\": \"https:\\/\\/x\"}}")
                        .value())
                .isEqualTo("https://x");
    }

    @Test
    void find_duplicateKeyInAnotherSection_fails() {
        assertFails(
                "other: {a: 1, a: hunter2}\nsecrets:\n  token: value\n",
                " has a key twice, first on line 1 and again at line 1, column 15");
        assertFails(
                "secrets:\n  other:\n    - a: 1\n      a: hunter2\n  token: value\n",
                " has a key twice, first on line 3 and again at line 4, column 7");
    }

    @Test
    void find_malformedDirective_fails() {
        assertFails("%YAML 9.9\n---\nsecrets:\n", " is not valid YAML at line 1, column 1");
        assertFails("%YAML hunter2\n---\n", " is not valid YAML at line 1, column 7");
    }

    @Test
    void find_everyTruncation_failsCleanlyOrIsAbsent() throws Exception {
        String yaml =
                "# x\nsecrets:\n  a: \"hunter2\\n\"\n  b: 'hunter2'\n  c: |\n    hunter2\n  d: {e: [hunter2]}\n  token: x\n";

        for (int length = 0; length < yaml.length() - 3; length++) {
            String truncated = yaml.substring(0, length);
            try {
                assertThat(find(truncated).isFound()).isFalse();
            } catch (SecretProviderException e) {
                assertThat(e.getMessage())
                        .startsWith("local config: " + file + " ")
                        .doesNotContain("hunter");
            }
        }
    }

    static Stream<Arguments> controlCharacters() {
        return Stream.of(
                arguments("NUL", "a\0b", 11),
                arguments("BEL", "hunter2\u0007", 17),
                arguments("ESC in quotes", "'\u001b[31mhunter2'", 11),
                arguments("DEL", "a\u007fb", 11),
                arguments("NUL in a comment", "a # hunter2\0", 21));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("controlCharacters")
    void find_controlCharacter_fails(String description, String value, int column) {
        assertFails(
                "secrets:\n  token: " + value + "\n",
                " has a control character, such as NUL, at line 2, column " + column);
    }

    @Test
    void find_controlCharacterBeyondTheFirstBuffer_hasItsPlace() {
        assertFails(
                "# 🔑\n".repeat(3_000) + "x: 🔑\0\n", " has a control character, such as NUL, at line 3001, column 5");
    }

    @Test
    void find_byteOrderMark_fails() {
        assertFails("\uFEFFsecrets:\n  token: hunter2\n", " has a byte order mark: save the file as UTF-8 without one");
    }

    @Test
    void find_invalidName_isRefused() throws Exception {
        Files.writeString(file, "secrets:\n  a/b: hunter2\n");

        assertThatThrownBy(() -> LocalConfigSecretProvider.at(file).find(Set.of("a/b")))
                .isExactlyInstanceOf(InvalidSecretNameException.class);
    }

    @Test
    void find_afterTheFileWasEdited_readsItAgain() throws Exception {
        assertThat(find("secrets:\n  token: first\n").value()).isEqualTo("first");
        assertThat(find("secrets:\n  token: second\n").value()).isEqualTo("second");
    }

    @Test
    void remedy_name_isTheFile() {
        assertThat(LocalConfigSecretProvider.at(file).remedy("token"))
                .hasValue("add it under `secrets:` in " + Printable.shellWord(file));
    }

    @Test
    void toString_anyFile_showsThePath() {
        assertThat(LocalConfigSecretProvider.at(file)).hasToString("LocalConfigSecretProvider[" + file + "]");
        assertThat(LocalConfigSecretProvider.at(file).name()).isEqualTo("local config");
    }
}
