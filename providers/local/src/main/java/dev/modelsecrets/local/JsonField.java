package dev.modelsecrets.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One value of a JSON document by its JSON Pointer (RFC 6901): texts decoded, all else as it is written. */
final class JsonField {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // A recycled buffer stays with its thread, and the values that it held with it.
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** The text is not one JSON document; there is no message, because the parser's quotes it. */
    static final class MalformedJsonException extends Exception {

        private static final long serialVersionUID = 1L;

        MalformedJsonException() {
            super("is not valid JSON", null, false, false);
        }
    }

    private JsonField() {}

    /** Tells whether a text is a JSON Pointer to something inside a document. */
    static boolean isPointer(String text) {
        return text.matches("(/([^~/]|~[01])*)+");
    }

    /** Returns the pointer to a key at the top of a document. */
    static String pointerTo(String key) {
        return "/" + key.replace("~", "~0").replace("/", "~1");
    }

    /** Returns the value at a pointer, or empty if there is none or it is null. */
    static Optional<String> at(String pointer, String json) throws MalformedJsonException {
        String[] path = pointer.substring(1).split("/", -1);
        try (JsonParser parser = FACTORY.createParser(json)) {
            @Nullable String found = null;
            if (parser.nextToken() == null) {
                throw new MalformedJsonException();
            }
            int depth = 0;
            while (depth < path.length
                    && descend(parser, path[depth].replace("~1", "/").replace("~0", "~"))) {
                depth++;
            }
            if (depth == path.length) {
                found = value(parser, json);
            }
            // The rest must be JSON too, and nothing may follow.
            while (!parser.getParsingContext().inRoot()) {
                parser.nextToken();
            }
            if (parser.nextToken() != null) {
                throw new MalformedJsonException();
            }
            return Optional.ofNullable(found);
        } catch (IOException e) {
            throw new MalformedJsonException();
        }
    }

    /** Goes from an object or array to one of its values. */
    private static boolean descend(JsonParser parser, String step) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = step.equals(parser.currentName());
                parser.nextToken();
                if (wanted) {
                    return true;
                }
                parser.skipChildren();
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
                if (step.equals(Integer.toString(index))) {
                    return true;
                }
                parser.skipChildren();
            }
        }
        return false;
    }

    private static @Nullable String value(JsonParser parser, String json) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token == null || token.isScalarValue()) {
            return parser.getText();
        }
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        return json.substring(start, (int) parser.currentLocation().getCharOffset());
    }
}
