package dev.modelsecrets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonStringsTest {

    @Test
    void valuesIn_object_areItsStringsAndNumbersButNotItsKeys() {
        assertThat(JsonStrings.valuesIn(
                        " {\"a\": \"x\", \"b\" : {\"c\":[\"y\", -1.5e+3, 20]}, \"d\":true, \"e\":null}\n"))
                .containsExactly("x", "y", "-1.5e+3", "20");
        assertThat(JsonStrings.valuesIn("[\"x\",1]")).containsExactly("x", "1");
        assertThat(JsonStrings.valuesIn("{}")).isEmpty();
    }

    @Test
    void valuesIn_escapes_areResolved() {
        assertThat(JsonStrings.valuesIn("[\"\\\"\\\\\\/\\b\\t\\n\\f\\r\\u00e9\\uD83D\\uDD11\"]"))
                .containsExactly("\"\\/\b\t\n\f\ré🔑");
    }

    @Test
    void valuesIn_stringWithDelimiters_isOneValue() {
        assertThat(JsonStrings.valuesIn("[\"a,b]}: 12\"]")).containsExactly("a,b]}: 12");
        assertThat(JsonStrings.valuesIn("{\"a:\":\"b\"}")).containsExactly("b");
    }

    @Test
    void valuesIn_otherText_areNone() {
        assertThat(JsonStrings.valuesIn("text 12345 \"quoted\"")).isEmpty();
        assertThat(JsonStrings.valuesIn("\"a JSON string\"")).isEmpty();
        assertThat(JsonStrings.valuesIn("")).isEmpty();
    }

    @Test
    void valuesIn_brokenText_neverFails() {
        assertThat(JsonStrings.valuesIn("{\"a\":\"unfinished")).containsExactly("unfinished");
        assertThat(JsonStrings.valuesIn("[\"a\\")).containsExactly("a\\");
        assertThat(JsonStrings.valuesIn("[\"\\u12")).hasSize(1);
        assertThat(JsonStrings.valuesIn("[\"\\uzzzz\"]")).hasSize(1);
        Random random = new Random(1);
        String alphabet = "{}[]\":,\\u012eé \n-tfn";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("{");
            for (int k = random.nextInt(20); k > 0; k--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(JsonStrings.valuesIn(text.toString())).doesNotContainNull();
        }
    }
}
