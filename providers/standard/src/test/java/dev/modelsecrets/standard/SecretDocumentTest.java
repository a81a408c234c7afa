package dev.modelsecrets.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretDocumentTest {

    @Test
    void json_values_areAsWritten() {
        SecretDocument document = SecretDocument.json("""
                {"text": "a\\nb", "number": 12345678901234567890, "fraction": 1.10, "flag": true, "none": null,
                 "object": {"a": [1.10, null]}, "blank": " "}""");

        assertThat(document.keys()).containsExactly("text", "number", "fraction", "flag", "none", "object", "blank");
        assertThat(document.value("text")).hasValue("a\nb");
        assertThat(document.value("number")).hasValue("12345678901234567890");
        assertThat(document.value("fraction")).hasValue("1.10");
        assertThat(document.value("flag")).hasValue("true");
        assertThat(document.value("none")).isEmpty();
        assertThat(document.value("object")).hasValue("{\"a\":[1.10,null]}");
        assertThat(document.value("blank")).hasValue(" ");
        assertThat(document.value("other")).isEmpty();
    }

    @Test
    void yaml_values_areAsWritten() {
        SecretDocument document = SecretDocument.yaml("""
                number: 0123
                date: 2024-01-01
                flag: no
                url: "https:\\/\\/x"
                none:
                map: {a: b}
                """);

        assertThat(document.keys()).containsExactly("number", "date", "flag", "url", "none", "map");
        assertThat(document.value("number")).hasValue("0123");
        assertThat(document.value("date")).hasValue("2024-01-01");
        assertThat(document.value("flag")).hasValue("no");
        assertThat(document.value("url")).hasValue("https://x");
        assertThat(document.value("none")).isEmpty();
        assertThatThrownBy(() -> document.value("map"))
                .isExactlyInstanceOf(MalformedDocumentException.class)
                .hasMessage("the document has a key, at line 6, column 1, that is a map or a list, not text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "# x\n", "---\n", "null"})
    void yaml_emptyDocument_hasNoKeys(String text) {
        assertThat(SecretDocument.yaml(text).keys()).isEmpty();
    }

    @Test
    void find_key_isALookupForAProvider() {
        SecretDocument document = SecretDocument.yaml("a: x\nb:\nc: [x]\nd: ' '\n");

        assertThat(document.find("a", "secret/demo").value()).isEqualTo("x");
        assertThat(document.find("a", "secret/demo").location()).isEqualTo("secret/demo key a");
        assertThat(document.find("b", "secret/demo").reason()).isEqualTo("secret/demo has the key b as null");
        assertThat(document.find("c", "secret/demo").problem())
                .isEqualTo("secret/demo: the key c at line 3, column 1 is a map or a list, not text");
        assertThat(document.find("d", "secret/demo").reason()).isEqualTo("secret/demo key d is blank");
        assertThat(document.find("A", "secret/demo").reason())
                .isEqualTo("secret/demo has no key A (a is there: names must match exactly)");
        assertThat(document.find("e", "secret/demo"))
                .extracting(Lookup::isAbsent)
                .isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {hunter2: 1}          | is not valid JSON at line 1, column 2: a key must stand in double quotes
                    {"a": hunter2}        | is not valid JSON at line 1, column 7: text must stand in double quotes
                    {"a": 1, "a": 2}      | has a key twice at line 1, column 13
                    {"a": 1} hunter2      | has text after its closing brace at line 1, column 10
                    hunter2               | is not a JSON object
                    [1]                   | is not a JSON object
                    """)
    void json_malformed_saysWhereAndQuotesNothing(String text, String fault) {
        assertThatThrownBy(() -> SecretDocument.json(text))
                .isInstanceOfSatisfying(
                        MalformedDocumentException.class,
                        e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessage("the document " + fault)
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    a: "hunter2           | is not valid YAML at line 1, column 12: a quote is not closed
                    - hunter2             | is not a map of keys and values at line 1, column 1
                    {a: 1, a: 2}          | has a key twice, first on line 1 and again at line 1, column 8
                    {a: "\\Ua3928a1f"}    | is not valid YAML at line 1, column 8: an escape in double quotes does not stand for a character
                    {a: &x 1, b: *x}      | uses an alias (*), which is not supported; put a value that starts with * in quotes, at line 1, column 14
                    """)
    void yaml_malformed_saysWhereAndQuotesNothing(String text, String fault) {
        assertThatThrownBy(() -> SecretDocument.yaml(text))
                .isInstanceOfSatisfying(
                        MalformedDocumentException.class,
                        e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessage("the document " + fault)
                .hasNoCause();
    }

    @Test
    void isJsonObject_text_goesByTheFirstCharacter() {
        assertThat(SecretDocument.isJsonObject(" \n{")).isTrue();
        assertThat(SecretDocument.isJsonObject("{}")).isTrue();
        assertThat(SecretDocument.isJsonObject("[]")).isFalse();
        assertThat(SecretDocument.isJsonObject("")).isFalse();
    }

    @Test
    void toString_document_isTheNumberOfKeys() {
        assertThat(SecretDocument.json("{\"hunter2\": \"hunter2\"}")).hasToString("SecretDocument[1 keys]");
    }
}
