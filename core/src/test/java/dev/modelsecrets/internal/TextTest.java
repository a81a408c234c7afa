package dev.modelsecrets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            ints = {
                ' ', '\t', '\n', 0x85, 0xA0, 0x2007, 0x2028, 0x3000, 0x200B, 0x2060, 0xFEFF, 0xAD, 0x34F, 0x115F,
                0x17B4, 0x180B, 0x2800, 0x3164, 0xFFA0, 0xFE0F, 0xE0041, 0xE0100
            })
    void isBlank_whiteSpaceAndInvisibleCharacters_areNothing(int codePoint) {
        String text = Character.toString(codePoint);

        assertThat(Text.isBlank(text + " " + text)).isTrue();
        assertThat(Text.isBlank(text + "x")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {'!', '~', 0, 0x7F, 0x80, 0xE4, 0x301, 0x1F511})
    void isBlank_otherCharacters_areSomething(int codePoint) {
        assertThat(Text.isBlank(" " + Character.toString(codePoint))).isFalse();
    }

    @Test
    void list_thousandsOfNames_areTheFirstAndHowManyMore() {
        assertThat(Text.list(List.of("a", "b"))).isEqualTo("a, b");
        assertThat(Text.list(Collections.nCopies(200, "a"))).endsWith("a, a");
        assertThat(Text.list(Collections.nCopies(5_000, "a")))
                .endsWith("a, a and 4800 more")
                .hasSizeLessThan(1_000);
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
