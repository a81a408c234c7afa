package dev.modelsecrets.standard.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The top-level keys of a JSON object, each with its value as text. */
public final class JsonSecrets {

    private static final JsonFactory JSON = JsonFactory.builder()
            // A recycled buffer stays with its thread, and the values that it held with it.
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonSecrets() {}

    /**
     * Tells whether a text is meant as a JSON object; anything else is opaque.
     *
     * @param text the text
     * @return true if its first character is an opening brace, white space and a byte order mark aside
     */
    public static boolean looksLikeObject(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\uFEFF') {
                return c == '{';
            }
        }
        return false;
    }

    /**
     * Reads the keys of an object: strings as they are, numbers as written, objects and arrays as compact JSON.
     *
     * @param text a text that looks like an object
     * @return the keys in order; null for a JSON null
     * @throws MalformedException if it is not JSON, has a key twice, or text after the closing brace
     */
    public static Map<String, @Nullable String> parse(String text) throws MalformedException {
        int mark = text.indexOf('\uFEFF');
        if (mark >= 0 && text.substring(0, mark).isBlank()) {
            throw new MalformedException("has a byte order mark: set it without one");
        }
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        boolean closed = false;
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                values.put(key, value(parser, parser.nextToken()));
            }
            closed = true;
            if (parser.nextToken() != null) {
                throw new MalformedException(JsonProblem.TRAILING_TEXT + JsonProblem.at(parser.currentTokenLocation()));
            }
        } catch (IOException | RuntimeException e) {
            // The exception quotes the text, so only its position and its kind are taken from it.
            throw new MalformedException(JsonProblem.of(e, closed));
        }
        return values;
    }

    private static @Nullable String value(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return token.isScalarValue() ? parser.getText() : compact(parser);
    }

    /** Writes the object or array that the parser is at, without white space and with its numbers as written. */
    private static String compact(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            int depth = 0;
            JsonToken token = parser.currentToken();
            while (true) {
                if (token.isNumeric()) {
                    generator.writeNumber(parser.getText());
                } else {
                    generator.copyCurrentEvent(parser);
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth == 0) {
                    break;
                }
                token = parser.nextToken();
            }
        }
        return text.toString();
    }
}
