package dev.modelsecrets.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.Lookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthSecretProviderTest {

    private static final int DEEP = 100_000;

    private static Lookup find(String text, String name) {
        return AuthSecretProvider.of(Map.of("AUTH_SECRET", text))
                .find(Set.of(name))
                .get(name);
    }

    @Test
    void find_notSet_isAbsent() {
        Map<String, Lookup> answers =
                AuthSecretProvider.of(Map.of("auth_secret", "{}")).find(Set.of("a", "AUTH_SECRET"));

        assertThat(answers).containsOnlyKeys("a", "AUTH_SECRET");
        assertThat(answers.get("a").reason()).isEqualTo("is not set");
        assertThat(answers.get("AUTH_SECRET").reason()).isEqualTo("is not set");
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("a string", "\"token\"", "token"),
                arguments("escapes", "\"a\\n\\t\\\"\\\\\\/\\u00e9\\ud83d\\udd11\"", "a\n\t\"\\/\u00e9🔑"),
                arguments("other scripts", "\"密码 🔑\"", "密码 🔑"),
                arguments("spaces around", "\"  token \"", "  token "),
                arguments("a string that looks like a number", "\"0123\"", "0123"),
                arguments("a string that says null", "\"null\"", "null"),
                arguments("a NUL by its escape", "\"a\\u0000b\"", "a\0b"),
                arguments("a lone surrogate by its escape", "\"\\ud800\"", "\ud800"),
                arguments("an integer", "5", "5"),
                arguments("a long integer", "12345678901234567890", "12345678901234567890"),
                arguments("1,000 digits", "9".repeat(1000), "9".repeat(1000)),
                arguments("a fraction", "1.10", "1.10"),
                arguments("a negative zero", "-0.0", "-0.0"),
                arguments("a power", "1e5", "1e5"),
                arguments("a power, capital", "1E+400", "1E+400"),
                arguments("a long fraction", "0.1000000000000000000000000000001", "0.1000000000000000000000000000001"),
                arguments("true", "true", "true"),
                arguments("false", "false", "false"),
                arguments("an object", "{ \"b\" : 1 , \"c\" : \"x y\" }", "{\"b\":1,\"c\":\"x y\"}"),
                arguments("an array", "[ 1.10, 1e5, -0, 12345678901234567890 ]", "[1.10,1e5,-0,12345678901234567890]"),
                arguments("nothing in them", "{ \"x\": [ ], \"y\": { } }", "{\"x\":[],\"y\":{}}"),
                arguments("literals in an array", "[ true, false, null ]", "[true,false,null]"),
                arguments(
                        "nested",
                        "[\n  {\"b\": {\"c\": [[], [1.10]]}},\n  \"d\"\n]",
                        "[{\"b\":{\"c\":[[],[1.10]]}},\"d\"]"),
                arguments("quotes in an array", "[\"a\\\"b\\n\"]", "[\"a\\\"b\\n\"]"),
                arguments("other scripts in an array", "[\"\\u00e9\", \"🔑\"]", "[\"é\",\"🔑\"]"),
                arguments(
                        "a service account",
                        "{\"type\": \"service_account\", \"private_key\": \"-----BEGIN-----\\nMIIB\\n\"}",
                        "{\"type\":\"service_account\",\"private_key\":\"-----BEGIN-----\\nMIIB\\n\"}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void find_key_isItsTextAsWritten(String description, String json, String value) {
        Lookup lookup = find("{\"other\": [1, {\"a\": 2}], \"a\": " + json + ", \"z\": null}", "a");

        assertThat(lookup.value()).isEqualTo(value);
        assertThat(lookup.location()).isEqualTo("AUTH_SECRET key a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"a": null}             | has it as null
                    {"a": ""}               | AUTH_SECRET key a is blank
                    {"a": " \\t\\n"}        | AUTH_SECRET key a is blank
                    {}                      | has no such key
                    {"b": 1}                | has no such key
                    {"b": {"a": 1}}         | has no such key
                    {"A": 1}                | has no such key (A is there: names must match exactly)
                    {"TRUSS_SECRET_a": 1}   | has no such key (TRUSS_SECRET_a is there: the prefix is for variables only)
                    """)
    void find_noValue_isAbsent(String json, String reason) {
        assertThat(find(json, "a").reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "[1]", "\"a\"", "null", "5", "\u00a0{\"a\":1}", "(\"a\":1}", "x{\"a\":1}"})
    void find_opaqueText_isFoundByTheNameOfTheVariableOnly(String text) {
        assertThat(find(text, "a").reason()).isEqualTo("is not a JSON object with keys");
        assertThat(find(text, "AUTH_SECRET").value()).isEqualTo(text);
        assertThat(find(text, "AUTH_SECRET").location()).isEqualTo("AUTH_SECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t "})
    void find_blankText_isAbsent(String text) {
        assertThat(find(text, "a").reason()).isEqualTo("is blank");
        assertThat(find(text, "AUTH_SECRET").reason()).isEqualTo("AUTH_SECRET is blank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1}", " {\"AUTH_SECRET\": \"inner\"}\n", "{\"hunter2", "{\"a\":1} hunter2"})
    void find_nameOfTheVariable_isTheWholeText(String text) {
        assertThat(find(text, "AUTH_SECRET").value()).isEqualTo(text);
    }

    @Test
    void find_keysAndTheNameOfTheVariable_answersEach() {
        String text = "{\"a\": 1, \"b\": \"2\"}";

        Map<String, Lookup> answers =
                AuthSecretProvider.of(Map.of("AUTH_SECRET", text)).find(Set.of("a", "b", "c", "AUTH_SECRET"));

        assertThat(answers).containsOnlyKeys("a", "b", "c", "AUTH_SECRET");
        assertThat(answers.get("a").value()).isEqualTo("1");
        assertThat(answers.get("b").value()).isEqualTo("2");
        assertThat(answers.get("c").reason()).isEqualTo("has no such key");
        assertThat(answers.get("AUTH_SECRET").value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" {\"a\": \"x\"}", "\n\t\r\n{\"a\": \"x\"}", "{\"a\": \"x\"} \n\t\r\n", "{\n\"a\"\n:\n\"x\"\n}"})
    void find_whiteSpaceAroundTheObject_isFound(String text) {
        assertThat(find(text, "a").value()).isEqualTo("x");
    }

    @Test
    void find_oddKeys_areNotLookedAt() {
        assertThat(find("{\"\": 1, \"a/b\": 2, \"..\": 3, \"a\": \"x\"}", "a").value())
                .isEqualTo("x");
    }

    static Stream<Arguments> malformed() {
        String json = "is not valid JSON at line 1, column ";
        String trailing = "has text after its closing brace at line 1, column ";
        return Stream.of(
                arguments("{", json + "2: the text ends before the last brace is closed"),
                arguments("{\"a\"", json + "5: the text ends before the last brace is closed"),
                arguments("{\"a\":", json + "6: the text ends before the last brace is closed"),
                arguments("{\"a\":\"hunter2", json + "14: a quote is not closed"),
                arguments("{\"a\":\"hunter2\"", json + "15: the text ends before the last brace is closed"),
                arguments("{\"a\":\"hunter2\",", json + "16: the text ends before the last brace is closed"),
                arguments("{\"a\":\"hunter2\",}", json + "16: a comma stands before the closing brace"),
                arguments("{\"a\":[\"hunter2\"}", json + "16: a bracket is closed by one of the other kind"),
                arguments("{\"a\":hunter2}", json + "6: text must stand in double quotes"),
                arguments(
                        "{\"a\":'hunter2'}", json + "6: a value is missing, or text that must stand in double quotes"),
                arguments("{hunter2:1}", json + "2: a key must stand in double quotes"),
                arguments("{'a':1}", json + "2: a key must stand in double quotes"),
                arguments("{\"a\" \"hunter2\"}", json + "6: a ':' must stand between a key and its value"),
                arguments(
                        "{\"a\":\"hunter2\" \"b\":1}",
                        json + "16: a comma must stand between two entries, and text in double quotes"),
                arguments("{\"a\":\"hunter2\\q\"}", json + "15: a backslash in text must be doubled"),
                arguments("{\"a\":\"hunter2\\u12\"}", json + "18: four hexadecimal digits must follow \\u"),
                arguments(
                        "{\"a\":\"hunter2\n\"}",
                        json + "14: a line break or other control character in text must be written as an escape: \\n"),
                arguments(
                        "{\"a\":\"hunter2\t\"}",
                        json + "14: a line break or other control character in text must be written as an escape: \\n"),
                arguments(
                        "{\"a\":\"hunter2\0\"}",
                        json + "14: a line break or other control character in text must be written as an escape: \\n"),
                arguments("{\"a\":\0}", json + "7: a control character stands outside of text"),
                arguments(
                        "{\"a\":01}",
                        json + "7: a number must not begin with 0; put it in double quotes if it is text"),
                arguments("{\"a\":+1}", json + "7: this is not a number; put it in double quotes if it is text"),
                arguments("{\"a\":.5}", json + "6: a value is missing, or text that must stand in double quotes"),
                arguments("{\"a\":1.}", json + "7: this is not a number; put it in double quotes if it is text"),
                arguments("{\"a\":1e}", json + "7: this is not a number; put it in double quotes if it is text"),
                arguments(
                        "{\"a\":0x1F}", json + "7: a comma must stand between two entries, and text in double quotes"),
                arguments("{\"a\":NaN}", json + "9: text must stand in double quotes"),
                arguments("{\"a\":True}", json + "6: text must stand in double quotes"),
                arguments("{/*hunter2*/\"a\":1}", json + "2: comments are not allowed"),
                arguments(
                        "{\"a\":1 # hunter2\n}",
                        json + "8: a comma must stand between two entries, and text in double quotes"),
                arguments("{\"a\":1} hunter2", trailing + 9),
                arguments("{\"a\":1}\"hunter2\"", trailing + 8),
                arguments("{\"a\":1}{\"a\":\"hunter2\"}", trailing + 8),
                arguments("{\"a\":1}}", trailing + 8),
                arguments("{\"a\":1},", trailing + 8),
                arguments("{\"a\":1}\0", trailing + 9),
                arguments("{\"a\":1}\uFEFF", trailing + 8),
                arguments("{\"a\":1,\"a\":\"hunter2\"}", "has a key twice at line 1, column 11"),
                arguments("{\"a\":1,\n \"b\":2,\n \"\\u0061\":3}", "has a key twice at line 3, column 10"),
                arguments("{\"b\":{\"c\":1,\"c\":\"hunter2\"}}", "has a key twice at line 1, column 16"),
                arguments("{\"b\":[{\"c\":1,\"c\":\"hunter2\"}]}", "has a key twice at line 1, column 17"),
                arguments("\uFEFF{\"a\":\"hunter2\"}", "has a byte order mark: set it without one"),
                arguments(" \uFEFF {\"a\":\"hunter2\"}", "has a byte order mark: set it without one"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void find_malformedJson_fails(String text, String problem) {
        assertThat(find(text, "a").problem()).isEqualTo("the variable " + problem);
    }

    static Stream<Arguments> tooMuch() {
        return Stream.of(
                arguments("open arrays", "{\"a\":" + "[".repeat(DEEP)),
                arguments("closed arrays", "{\"a\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}"),
                arguments("objects", "{\"a\":".repeat(DEEP)),
                arguments("arrays under another key", "{\"b\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}"),
                arguments("one level more than 1,000", "{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}"),
                arguments("1,001 digits", "{\"a\":" + "9".repeat(1001) + "}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooMuch")
    void find_tooDeepOrTooLong_fails(String description, String text) {
        assertThat(find(text, "a").problem()).isEqualTo("the variable is nested too deeply or has too long a value");
    }

    @Test
    void find_thousandLevels_isFound() {
        String nested = "[".repeat(999) + "]".repeat(999);

        assertThat(find("{\"a\":" + nested + "}", "a").value()).isEqualTo(nested);
    }

    @Test
    void find_everyTruncation_fails() {
        String text = "{\"x\": [1.5, {\"y\": \"hunter2\\n\"}, true, null], \"z\": \"hunter2\"}";

        for (int length = 1; length < text.length(); length++) {
            assertThat(find(text.substring(0, length), "a").problem())
                    .matches("the variable is not valid JSON at line 1, column \\d+: [a-z][^0-9]+");
        }
    }

    @Test
    void find_malformedJsonAndTheNameOfTheVariable_answersEach() {
        Map<String, Lookup> answers =
                AuthSecretProvider.of(Map.of("AUTH_SECRET", "{\"hunter2")).find(Set.of("a", "AUTH_SECRET"));

        assertThat(answers.get("AUTH_SECRET").value()).isEqualTo("{\"hunter2");
        assertThat(answers.get("a").isFailed()).isTrue();
    }

    @Test
    void find_byteOrderMark_failsForEveryName() {
        assertThat(find("\uFEFFhunter2", "AUTH_SECRET").problem())
                .isEqualTo("the variable has a byte order mark: set it without one");
        assertThat(find("\uFEFFhunter2", "a").isFailed()).isTrue();
    }

    @Test
    void find_textThatLooksLikeAPath_saysHowToSetItsContent() {
        assertThat(find("/home/me/secret.json", "a").reason())
                .isEqualTo("is not a JSON object with keys but looks like the path of a file:"
                        + " export AUTH_SECRET=\"$(cat secret.json)\"");
    }

    @Test
    void orFromFile_pathOfAFile_isItsContent(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("secret.json");
        AuthSecretProvider provider =
                AuthSecretProvider.of(Map.of("AUTH_SECRET", file.toString())).orFromFile();
        assertThat(provider.find(Set.of("a")).get("a").reason()).contains("looks like the path of a file");

        Files.writeString(file, "{\"a\": 1.10}");
        Map<String, Lookup> answers = provider.find(Set.of("a", "b", "AUTH_SECRET"));
        assertThat(answers.get("a").value()).isEqualTo("1.10");
        assertThat(answers.get("a").location()).isEqualTo("AUTH_SECRET file " + file + " key a");
        assertThat(answers.get("b").reason()).isEqualTo("has no such key");
        assertThat(answers.get("AUTH_SECRET").value()).isEqualTo("{\"a\": 1.10}");

        Files.writeString(file, "{hunter2");
        assertThat(provider.find(Set.of("a")).get("a").problem())
                .isEqualTo("the file " + file
                        + " is not valid JSON at line 1, column 2: a key must stand in double quotes");
        assertThat(provider.version()).isEmpty();
    }

    @Test
    void orFromFile_linkInACircle_fails(@TempDir Path directory) throws Exception {
        Path file = Files.createSymbolicLink(directory.resolve("secret.json"), Path.of("secret.json"));
        AuthSecretProvider provider =
                AuthSecretProvider.of(Map.of("AUTH_SECRET", file.toString())).orFromFile();

        assertThat(provider.find(Set.of("a")).get("a").problem())
                .isEqualTo("the file " + file + " is a link that leads in a circle");
    }

    @Test
    void orFromFile_textThatIsNoPath_isTheText() {
        assertThat(AuthSecretProvider.of(Map.of("AUTH_SECRET", "{\"a\": 1}"))
                        .orFromFile()
                        .find(Set.of("a"))
                        .get("a")
                        .value())
                .isEqualTo("1");
        for (String text : List.of("hunter2", "/no/such/file", "a\0b", "{hunter2")) {
            assertThat(AuthSecretProvider.of(Map.of("AUTH_SECRET", text))
                            .orFromFile()
                            .find(Set.of("AUTH_SECRET"))
                            .get("AUTH_SECRET")
                            .value())
                    .isEqualTo(text);
        }
    }

    @Test
    void remedy_name_isACommandOrAnInstruction() {
        assertThat(AuthSecretProvider.of(Map.of()).remedy("a")).hasValue("export AUTH_SECRET=\"$(cat secret.json)\"");
        assertThat(AuthSecretProvider.of(Map.of("AUTH_SECRET", "{}")).remedy("a"))
                .hasValue("add the key a to the JSON object in AUTH_SECRET");
        assertThat(AuthSecretProvider.of(Map.of("AUTH_SECRET", "{}")).remedy("AUTH_SECRET"))
                .hasValue("export AUTH_SECRET=\"$(cat secret.json)\"");
    }

    @Test
    void find_invalidName_isRefused() {
        assertThatThrownBy(() -> find("{\"a/b\": 1}", "a/b")).isExactlyInstanceOf(InvalidSecretNameException.class);
    }

    @Test
    void of_mapChangedAfterwards_staysTheSame() {
        Map<String, String> environment = new HashMap<>(Map.of("AUTH_SECRET", "{\"a\": 1}"));
        AuthSecretProvider provider = AuthSecretProvider.of(environment);

        environment.clear();

        assertThat(provider.find(Set.of("a")).get("a").value()).isEqualTo("1");
    }

    @Test
    void toString_anyText_saysOnlyWhetherItIsSet() {
        assertThat(AuthSecretProvider.of(Map.of("AUTH_SECRET", "hunter2"))).hasToString("AuthSecretProvider[set]");
        assertThat(AuthSecretProvider.of(Map.of())).hasToString("AuthSecretProvider[not set]");
        assertThat(AuthSecretProvider.of(Map.of()).name()).isEqualTo("AUTH_SECRET");
    }
}
