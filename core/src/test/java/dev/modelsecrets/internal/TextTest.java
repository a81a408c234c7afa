package dev.modelsecrets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void quote_printableText_isKept() {
        assertThat(Text.quote("a b~")).isEqualTo("\"a b~\"");
        assertThat(Text.quote("")).isEqualTo("\"\"");
    }

    @Test
    void quote_controlCharactersAndUnicode_areEscaped() {
        assertThat(Text.quote("\0\n\u007f\u00e4")).isEqualTo("\"\\u0000\\u000a\\u007f\\u00e4\"");
    }

    @Test
    void quote_longText_isCutAfter64Characters() {
        assertThat(Text.quote("x".repeat(64))).isEqualTo("\"" + "x".repeat(64) + "\"");
        assertThat(Text.quote("x".repeat(65))).isEqualTo("\"" + "x".repeat(64) + "...\"");
    }

    @Test
    void pad_shortText_isFilledWithSpaces() {
        assertThat(Text.pad(new StringBuilder(">"), "ab", 4)).hasToString(">ab  ");
    }

    @Test
    void pad_longText_isKept() {
        assertThat(Text.pad(new StringBuilder(), "abcdef", 4)).hasToString("abcdef");
    }
}
