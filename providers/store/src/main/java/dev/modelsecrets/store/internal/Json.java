package dev.modelsecrets.store.internal;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a JSON document as a tree that knows its places, and writes one; never quotes what it read. */
public final class Json {

    private static final JsonFactory JSON = JsonFactory.builder()
            // A recycled buffer stays with its thread, and the values that it held with it.
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(64 << 20)
                    .build())
            .build();

    private Json() {}

    /** What a node is. */
    public enum Kind {
        /** Has fields. */
        OBJECT("an object"),
        /** Has items. */
        ARRAY("an array"),
        /** Has text. */
        STRING("a string"),
        /** Has its digits as text. */
        NUMBER("a number"),
        /** Has {@code true} or {@code false} as text. */
        BOOLEAN("a boolean"),
        /** Has nothing. */
        NULL("null");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** Returns the kind in words, for a message. */
        public String words() {
            return words;
        }
    }

    /** A part of a document; its text may be a secret, so that it prints only its kind and place. */
    public static final class Node {

        private final Kind kind;
        private final int line;
        private final int column;
        private final String text;
        private final List<Field> fields;
        private final List<Node> items;

        Node(Kind kind, int line, int column, String text) {
            this.kind = kind;
            this.line = line;
            this.column = column;
            this.text = text;
            this.fields = kind == Kind.OBJECT ? new ArrayList<>() : List.of();
            this.items = kind == Kind.ARRAY ? new ArrayList<>() : List.of();
        }

        private static Node of(Kind kind, JsonLocation location, String text) {
            return new Node(kind, location.getLineNr(), location.getColumnNr(), text);
        }

        /** Returns what it is. */
        public Kind kind() {
            return kind;
        }

        /** Returns line and column, in words. */
        public String place() {
            return "line " + line + ", column " + column;
        }

        /** Returns a string, the digits of a number, or a boolean; empty for anything else. */
        public String text() {
            return text;
        }

        /** Returns the fields of an object in order, repeated ones included. */
        public List<Field> fields() {
            return fields;
        }

        /** Returns the items of an array. */
        public List<Node> items() {
            return items;
        }

        /** Returns the last field of that name, or null. */
        public @Nullable Node get(String name) {
            @Nullable Node found = null;
            for (Field field : fields) {
                if (field.name.equals(name)) {
                    found = field.value;
                }
            }
            return found;
        }

        @Override
        public String toString() {
            return kind.words + " at " + place();
        }
    }

    /** A field of an object; neither name nor value is printed. */
    public static final class Field {

        private final String name;
        private final Node value;

        Field(String name, Node value) {
            this.name = name;
            this.value = value;
        }

        /** Returns the name. */
        public String name() {
            return name;
        }

        /** Returns the value. */
        public Node value() {
            return value;
        }

        @Override
        public String toString() {
            return "a field with " + value;
        }
    }

    /** A document is not JSON: what is wrong and where, never a piece of its text. */
    public static final class MalformedJsonException extends Exception {

        private static final long serialVersionUID = 1L;

        /** Creates the exception with words that follow the name of the document, and hold no piece of it. */
        public MalformedJsonException(String problem) {
            super(problem, null, false, false);
        }

        /** Returns the problem, worded to follow the name of the document. */
        public String problem() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Parses a document.
     *
     * @param text the whole document
     * @return its root
     * @throws MalformedJsonException if it is not JSON
     */
    public static Node parse(String text) throws MalformedJsonException {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new MalformedJsonException("is empty");
            }
            Node root = node(parser);
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("has text after its end at " + placeOf(parser.currentTokenLocation()));
            }
            return root;
        } catch (IOException | RuntimeException e) {
            // The exception quotes the text, so only its position is taken from it.
            @Nullable JsonLocation location = e instanceof JacksonException failure ? failure.getLocation() : null;
            throw new MalformedJsonException(
                    "is not valid JSON" + (location == null ? "" : " at " + placeOf(location)));
        }
    }

    private static Node node(JsonParser parser) throws IOException {
        JsonLocation location = parser.currentTokenLocation();
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                Node object = Node.of(Kind.OBJECT, location, "");
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.fields.add(new Field(name, node(parser)));
                }
                return object;
            }
            case START_ARRAY -> {
                Node array = Node.of(Kind.ARRAY, location, "");
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.items.add(node(parser));
                }
                return array;
            }
            case VALUE_STRING -> {
                return Node.of(Kind.STRING, location, parser.getText());
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return Node.of(Kind.BOOLEAN, location, parser.getText());
            }
            case VALUE_NULL -> {
                return Node.of(Kind.NULL, location, "");
            }
            default -> {
                return Node.of(Kind.NUMBER, location, parser.getText());
            }
        }
    }

    private static String placeOf(JsonLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Writes a document. */
    @FunctionalInterface
    public interface Content {

        /** Writes all of the document with a generator that is closed afterwards. */
        void write(JsonGenerator generator) throws IOException;
    }

    /**
     * Writes a document without white space.
     *
     * @param content writes it
     * @return the document
     */
    public static String write(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            content.write(generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
