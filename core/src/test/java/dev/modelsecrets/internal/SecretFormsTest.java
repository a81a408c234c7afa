package dev.modelsecrets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretFormsTest {

    @Test
    void of_valueOfLettersAndDigits_isThatAndBase64AndHex() {
        assertThat(SecretForms.of("abcdefgh", 8))
                .containsExactly(
                        "abcdefgh",
                        "YWJjZGVmZ2g=",
                        "YWJjZGVmZ2g",
                        "YWJjZGVmZ2",
                        "FiY2RlZmdo",
                        "hYmNkZWZna",
                        "6162636465666768");
    }

    @Test
    void of_shortValue_hasNoForms() {
        assertThat(SecretForms.of("abcdefg", 8)).isEmpty();
        assertThat(SecretForms.of("", 1)).isEmpty();
        assertThat(SecretForms.of("   \n  \n  ", 1)).isEmpty();
    }

    @Test
    void of_shortLinesAndFields_areLeftOut() {
        assertThat(SecretForms.of("short\nlong enough\n\n", 8))
                .contains("long enough")
                .doesNotContain("short", "");
        assertThat(SecretForms.of("{\"a\":\"short\",\"b\":\"long enough\"}", 8))
                .contains("long enough")
                .doesNotContain("short");
    }

    @Test
    void of_anyValue_hasNoFormThatIsTooShort() {
        for (int minimum = 1; minimum < 12; minimum++) {
            int least = minimum;
            assertThat(SecretForms.of("{\"a\":[1,22,333,\"x y\",\"äö/\"]}\nq\nrs\ntuv wxyz", minimum))
                    .isNotEmpty()
                    .allMatch(form -> form.length() >= least);
        }
    }

    @Test
    void of_oneCharacter_hasNoSingleCharactersOfBase64() {
        assertThat(SecretForms.of("q", 1)).containsExactly("q", "cQ==", "cQ");
    }

    @Test
    void of_valueWithSpaces_isAlsoLookedForWithPlusSigns() {
        assertThat(SecretForms.of("correct horse battery", 8)).contains("correct+horse+battery");
    }

    @Test
    void of_binaryKeyInBase64OrHex_isAlsoLookedForInTheOther() {
        assertThat(SecretForms.of("AAECAwQFBgcICQoLDA0ODw==", 8)).contains("000102030405060708090a0b0c0d0e0f");
        assertThat(SecretForms.of("000102030405060708090a0b0c0d0e0f", 8)).contains("AAECAwQFBgcICQoLDA0ODw==");
    }

    @Test
    void of_largeValueOfEqualLines_hasTheirFormsOnce() {
        String lines =
                ("0123456789abcdefghijklmnopqrstuvwxyz/+ABCDEFGHIJKLMNOPQRSTUVWXYZ".repeat(4) + "\n").repeat(4_000);

        assertThat(SecretForms.of(lines, 8)).contains(lines).hasSizeLessThan(60);
    }
}
