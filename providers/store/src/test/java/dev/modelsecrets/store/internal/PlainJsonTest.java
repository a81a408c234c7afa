package dev.modelsecrets.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.store.internal.Json.MalformedJsonException;
import dev.modelsecrets.store.internal.Json.Node;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it reads is what {@link Json} reads, and what it does not read is left to that. */
class PlainJsonTest {

    private static final String LINES = """
            {"format":"model-secrets-store/1",
            "generation":7,
            "slots":[
            {"kind":"password","rounds":"600000","wrapped":"Zm9v/+=="},
            {"kind":"key-file"}
            ],
            "secrets":{
            "a":{"type":"opaque","keys":{"k":12},"history":[{"version":1,"keys":{}}],"attachments":[],"restart":true},
            "b":{"deleted":3,"no":false}
            }}
            """;

    /** Everything that a reader can see of a tree. */
    private static String print(Node node) {
        StringBuilder text = new StringBuilder(node + "<" + node.text() + ">");
        node.fields()
                .forEach(field -> text.append('{')
                        .append(field.name())
                        .append(':')
                        .append(print(field.value()))
                        .append('}'));
        node.items().forEach(item -> text.append('[').append(print(item)).append(']'));
        return text.toString();
    }

    private static String outcome(String text, boolean plain) {
        try {
            return print(plain ? PlainJson.parse(text) : Json.parse(text));
        } catch (MalformedJsonException e) {
            return e.problem();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LINES,
                "{}",
                "[]",
                "\"\"",
                "0",
                "{\"a\":{\"b\":1},\"a\":2}",
                "{\"a\":\"\u00e4\u20ac\ud83d\ude00\"}",
                "{\"a\":\"with \\\"quotes\\\" and \\u00e4\"}",
                "{ \"a\" : [ 1 , -2 , 1.5 , 1e3 , null ] }",
                "{\"a\":1234567890123456789012}",
                "[[[[[[[[[[[[1]]]]]]]]]]]]",
                "\n[\n1\n,\n2\n]\n\n"
            })
    void parse_json_isTheSameTree(String text) {
        assertThat(outcome(text, true)).isEqualTo(outcome(text, false)).contains(" at line ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[",
                "\"",
                "\"a",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "[1,]",
                "[1 2]",
                "{}{}",
                "{} x",
                "truefalse",
                "tru",
                "01",
                "00",
                "1x",
                "{a:1}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\n\"}",
                "\0",
                "{\0}",
                "{,}"
            })
    void parse_noJson_isTheSameProblem(String text) {
        assertThat(outcome(text, true)).isEqualTo(outcome(text, false));
        assertThatThrownBy(() -> PlainJson.parse(text)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void parse_alteredLines_isWhatJsonSays() {
        Random random = new Random(7);
        String characters = "{}[]\",:\\\n 019tfnul-+.e\0\t\u00e4";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(LINES);
            for (int change = random.nextInt(3); change >= 0; change--) {
                int place = random.nextInt(text.length());
                String piece = String.valueOf(characters.charAt(random.nextInt(characters.length())));
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(place, piece);
                    case 1 -> text.deleteCharAt(place);
                    default -> text.replace(place, place + 1, piece);
                }
            }
            assertThat(outcome(text.toString(), true)).isEqualTo(outcome(text.toString(), false));
        }
    }
}
