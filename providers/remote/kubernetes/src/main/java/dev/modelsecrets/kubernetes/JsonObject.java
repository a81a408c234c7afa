package dev.modelsecrets.kubernetes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as the API server sends and takes it, with all that is in it, known or not.
 *
 * <p>Immutable; {@code toString} shows nothing of it, as most of them are Secrets.
 */
final class JsonObject {

    private static final JsonFactory JSON = JsonFactory.builder()
            // A recycled buffer stays with its thread, and the values that it held with it.
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            // A list of Secrets may be larger than Jackson takes for reasonable; one value is at most 1 MiB.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(-1)
                    .maxNestingDepth(200)
                    .build())
            .build();

    static final JsonObject EMPTY = new JsonObject(Map.of());

    private final transient Map<String, ? extends @Nullable Object> members;

    private JsonObject(Map<String, ? extends @Nullable Object> members) {
        this.members = members;
    }

    /** Returns an object of texts. */
    static JsonObject of(Map<String, String> members) {
        return new JsonObject(new LinkedHashMap<>(members));
    }

    /** Reads an object; empty if the text is not one, since the exception of the parser would quote it. */
    static Optional<JsonObject> parse(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            JsonObject object = new JsonObject(members(parser));
            return parser.nextToken() == null ? Optional.of(object) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Map<String, @Nullable Object> members(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            members.put(name, value(parser, parser.nextToken()));
        }
        return members;
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> new JsonObject(members(parser));
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser, parser.currentToken()));
                }
                yield elements;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValueExact();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** Returns a text that is somewhere inside; an empty one if there is none. */
    String text(String... path) {
        return member(path) instanceof String text ? text : "";
    }

    /** Returns a whole number that is somewhere inside; empty if there is none. */
    Optional<Integer> number(String... path) {
        return member(path) instanceof Integer number ? Optional.of(number) : Optional.empty();
    }

    /** Tells whether something inside is {@code true}. */
    boolean isTrue(String... path) {
        return Boolean.TRUE.equals(member(path));
    }

    /** Returns an object that is somewhere inside; an empty one if there is none. */
    JsonObject object(String... path) {
        return member(path) instanceof JsonObject object ? object : EMPTY;
    }

    /** Returns the objects of an array that is somewhere inside; none if there is none. */
    List<JsonObject> objects(String... path) {
        List<JsonObject> objects = new ArrayList<>();
        if (member(path) instanceof List<?> elements) {
            for (Object element : elements) {
                if (element instanceof JsonObject object) {
                    objects.add(object);
                }
            }
        }
        return objects;
    }

    /** Returns the texts of an array that is somewhere inside; none if there is none. */
    List<String> list(String... path) {
        List<String> texts = new ArrayList<>();
        if (member(path) instanceof List<?> elements) {
            for (Object element : elements) {
                if (element instanceof String text) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    /** Returns the members as texts; a member that is not text, such as null, is an empty text. */
    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        members.keySet().forEach(name -> texts.put(name, text(name)));
        return texts;
    }

    private @Nullable Object member(String... path) {
        Object member = this;
        for (String name : path) {
            member = member instanceof JsonObject object ? object.members.get(name) : null;
        }
        return member;
    }

    JsonObject with(String name, String value) {
        return withMember(name, value);
    }

    JsonObject with(String name, boolean value) {
        return withMember(name, value);
    }

    JsonObject with(String name, JsonObject value) {
        return withMember(name, value);
    }

    JsonObject with(String name, Map<String, String> values) {
        return withMember(name, of(values));
    }

    private JsonObject withMember(String name, Object value) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(members);
        copy.put(name, value);
        return new JsonObject(copy);
    }

    JsonObject without(Set<String> names) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(members);
        copy.keySet().removeAll(names);
        return new JsonObject(copy);
    }

    /** Returns the object as JSON. */
    String write() {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            write(generator, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Returns objects as a JSON array. */
    static String write(List<JsonObject> objects) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            write(generator, objects);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value instanceof JsonObject object) {
            generator.writeStartObject();
            for (Map.Entry<String, ?> member : object.members.entrySet()) {
                generator.writeFieldName(member.getKey());
                write(generator, member.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof List<?> elements) {
            generator.writeStartArray();
            for (Object element : elements) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else if (value instanceof String text) {
            generator.writeString(text);
        } else if (value == null) {
            generator.writeNull();
        } else {
            // Numbers and booleans look in JSON as they do in Java.
            generator.writeRawValue(value.toString());
        }
    }

    @Override
    public String toString() {
        return "JsonObject[" + members.size() + " members]";
    }
}
