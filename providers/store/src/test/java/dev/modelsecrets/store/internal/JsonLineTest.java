package dev.modelsecrets.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What it writes is what Jackson writes. */
class JsonLineTest {

    private static String text(JsonLine line) {
        return new String(line.take(), StandardCharsets.UTF_8);
    }

    @Test
    void take_everyKindOfValue_isJson() {
        Instant time = Instant.parse("2026-03-01T12:00:00Z");
        JsonLine line = new JsonLine();

        line.object().field("a", "text").field("b", 7).field("c", true).field("since", time);
        line.object("d").endObject().array("e").item("x").item("y").endArray();
        line.array("f")
                .object()
                .field("g", time)
                .endObject()
                .object()
                .endObject()
                .endArray();
        line.object("h").field("i", time.plusMillis(5)).endObject().endObject();

        assertThat(text(line))
                .isEqualTo("{\"a\":\"text\",\"b\":7,\"c\":true,\"since\":\"2026-03-01T12:00:00Z\",\"d\":{},"
                        + "\"e\":[\"x\",\"y\"],\"f\":[{\"g\":\"2026-03-01T12:00:00Z\"},{}],"
                        + "\"h\":{\"i\":\"2026-03-01T12:00:00.005Z\"}}");
    }

    @Test
    void take_twice_isALineEach() {
        JsonLine line = new JsonLine();

        assertThat(text(line.object().field("a", 1).endObject())).isEqualTo("{\"a\":1}");
        assertThat(text(line.object().field("b", 2).endObject())).isEqualTo("{\"b\":2}");
    }

    @Test
    void take_longerThanTheBuffer_isWhole() {
        JsonLine line = new JsonLine();
        line.object();
        StringBuilder wanted = new StringBuilder("{");
        for (int length = 0; length < 700; length += 7) {
            String value = "é".repeat(length % 3) + "x".repeat(length);
            line.field("k" + length, value).base64("b" + length, "A".repeat(length));
            wanted.append("\"k" + length + "\":\"" + value + "\",\"b" + length + "\":\"" + "A".repeat(length) + "\",");
        }
        wanted.setCharAt(wanted.length() - 1, '}');

        assertThat(text(line.endObject())).isEqualTo(wanted.toString());
    }

    @Test
    void field_anyCharacter_isWhatJacksonWrites() {
        for (int character = 0; character <= 0x10ffff; character = character < 0x3000 ? character + 1 : character * 2) {
            String value = "a" + Character.toString(character) + "b";

            String line = text(new JsonLine().object().field(value, value).endObject());

            assertThat(line).isEqualTo(Json.write(json -> {
                json.writeStartObject();
                json.writeStringField(value, value);
                json.writeEndObject();
            }));
        }
    }
}
