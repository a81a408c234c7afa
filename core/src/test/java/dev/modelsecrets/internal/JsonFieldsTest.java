package dev.modelsecrets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonFieldsTest {

    private static List<String> values(String text) {
        List<String> values = new ArrayList<>();
        JsonFields.read(text, (key, value) -> values.add(value));
        return values;
    }

    private static List<String> fields(String text) {
        List<String> fields = new ArrayList<>();
        JsonFields.read(text, (key, value) -> fields.add(key + "=" + value));
        return fields;
    }

    @Test
    void read_nestedObjects_givesEachValueTheInnermostKey() {
        assertThat(fields("{\"a\":{\"b\":\"1x\",\"c\":[\"2x\",[\"3x\"],{\"d\":4}],\"e\":\"5x\"},\"f\":\"6x\"}"))
                .containsExactly("b=1x", "c=2x", "c=3x", "d=4", "e=5x", "f=6x");
    }

    @Test
    void read_object_areItsStringsAndNumbersButNotItsKeys() {
        assertThat(values(" {\"a\": \"x\", \"b\" : {\"c\":[\"y\", -1.5e+3, 20]}, \"d\":true, \"e\":null}\n"))
                .containsExactly("x", "y", "-1.5e+3", "20");
        assertThat(values("[\"x\",1]")).containsExactly("x", "1");
        assertThat(values("{}")).isEmpty();
    }

    @Test
    void read_escapes_areResolved() {
        assertThat(values("[\"\\\"\\\\\\/\\b\\t\\n\\f\\r\\u00e9\\uD83D\\uDD11\"]"))
                .containsExactly("\"\\/\b\t\n\f\ré🔑");
    }

    @Test
    void read_stringWithDelimiters_isOneValue() {
        assertThat(values("[\"a,b]}: 12\"]")).containsExactly("a,b]}: 12");
        assertThat(values("{\"a:\":\"b\"}")).containsExactly("b");
    }

    @Test
    void looksLikeJson_otherText_doesNot() {
        assertThat(JsonFields.looksLikeJson("text 12345 \"quoted\"")).isFalse();
        assertThat(JsonFields.looksLikeJson("\"a JSON string\"")).isFalse();
        assertThat(JsonFields.looksLikeJson("")).isFalse();
        assertThat(JsonFields.looksLikeJson("{}")).isTrue();
        assertThat(JsonFields.looksLikeJson("[1]")).isTrue();
    }

    @Test
    void read_brokenText_neverFails() {
        assertThat(values("{\"a\":\"unfinished")).containsExactly("unfinished");
        assertThat(values("[\"a\\")).containsExactly("a\\");
        assertThat(values("[\"\\u12")).hasSize(1);
        assertThat(values("[\"\\uzzzz\"]")).hasSize(1);
        Random random = new Random(1);
        String alphabet = "{}[]\":,\\u012eé \n-tfn";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("{");
            for (int k = random.nextInt(20); k > 0; k--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(values(text.toString())).doesNotContainNull();
        }
    }
}
