package dev.modelsecrets.examples.secretsapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer to a request: a status, headers, and a JSON document.
 *
 * @param status the HTTP status
 * @param headers headers beside those that every answer has
 * @param body the document; never a value
 */
record Answer(int status, Map<String, String> headers, String body) {

    private static final JsonFactory JSON = new JsonFactory();

    /** Writes a JSON document. */
    @FunctionalInterface
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    static Answer json(int status, Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // A StringWriter has none.
        }
        return new Answer(status, Map.of(), text.toString());
    }

    static Answer error(int status, String message) {
        return json(status, json -> {
            json.writeStartObject();
            json.writeStringField("error", message);
            json.writeEndObject();
        });
    }

    Answer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, Map.copyOf(more), body);
    }
}
