package dev.modelsecrets.standard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {

    @ParameterizedTest
    @ValueSource(strings = {"ANSI_X3.4-1968", "US-ASCII", "ISO-8859-1"})
    void problem_replacementCharacterInAnotherLocale_saysWhatToSet(String charset) {
        assertThat(Variables.problem("p\uFFFD\uFFFDss", charset))
                .isEqualTo("holds characters that Java cannot decode in this locale (" + charset
                        + "): start the process with LC_ALL=C.UTF-8");
        assertThat(Variables.problem("pass", charset)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "utf8"})
    void problem_replacementCharacterInUnicode_isACharacterLikeAnyOther(String charset) {
        assertThat(Variables.problem("p\uFFFDss", charset)).isNull();
    }

    @Test
    void problem_byteOrderMark_saysSo() {
        assertThat(Variables.problem("\uFEFFtoken", "UTF-8")).isEqualTo("has a byte order mark: set it without one");
        assertThat(Variables.problem("to\uFEFFken", "UTF-8")).isNull();
    }
}
