package dev.modelsecrets.store;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.modelsecrets.store.internal.Json;
import dev.modelsecrets.store.internal.Json.Field;
import dev.modelsecrets.store.internal.Json.Kind;
import dev.modelsecrets.store.internal.Json.MalformedJsonException;
import dev.modelsecrets.store.internal.Json.Node;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The top-level keys of a JSON object that was stored as one value, by the rules of {@code AUTH_SECRET}: texts as they
 * are, numbers as written, objects and arrays as compact JSON, null absent. Prints no value.
 */
final class JsonDocument {

    private JsonDocument() {}

    /**
     * Reads the keys.
     *
     * @return the values by key; a null has none
     * @throws MalformedJsonException if it is not a JSON object
     */
    static Map<String, String> values(String text) throws MalformedJsonException {
        Node root = Json.parse(text);
        if (root.kind() != Kind.OBJECT) {
            throw new MalformedJsonException("is not a JSON object");
        }
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, Node> seen = new LinkedHashMap<>();
        for (Field field : root.fields()) {
            if (seen.put(field.name(), field.value()) != null) {
                throw new MalformedJsonException(
                        "has a key twice at " + field.value().place());
            }
            switch (field.value().kind()) {
                case NULL -> {}
                case OBJECT, ARRAY -> values.put(field.name(), Json.write(json -> write(json, field.value())));
                default -> values.put(field.name(), field.value().text());
            }
        }
        return values;
    }

    private static void write(JsonGenerator json, Node node) throws IOException {
        switch (node.kind()) {
            case OBJECT -> {
                json.writeStartObject();
                for (Field field : node.fields()) {
                    json.writeFieldName(field.name());
                    write(json, field.value());
                }
                json.writeEndObject();
            }
            case ARRAY -> {
                json.writeStartArray();
                for (Node item : node.items()) {
                    write(json, item);
                }
                json.writeEndArray();
            }
            case STRING -> json.writeString(node.text());
            case NUMBER, BOOLEAN -> json.writeRawValue(node.text());
            case NULL -> json.writeNull();
        }
    }
}
