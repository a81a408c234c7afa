package dev.modelsecrets.inject;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.modelsecrets.InvalidSecretNameException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a blueprint that concern its process. Messages say where something is wrong and quote nothing: a
 * misplaced value may stand there. Not thread-safe; made for one call.
 */
final class BlueprintReader {

    private static final String SECRETS = "recipe_environment_secrets";
    private static final String PLAIN = "recipe_container_env";
    private static final String ENVVAR_NAME = "envvar_name";
    private static final String SECRET_NAME = "secret_name";
    private static final String SECRET_KEY = "secret_key";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final JsonParser parser;
    private final String document;
    private final Blueprint.Content content = new Blueprint.Content();

    private BlueprintReader(JsonParser parser, String document) {
        this.parser = parser;
        this.document = document;
    }

    /** @param document the document's name in messages */
    static Blueprint.Content read(String json, String document) {
        try (JsonParser parser = JSON.createParser(json)) {
            BlueprintReader reader = new BlueprintReader(parser, document);
            reader.readDocument();
            return reader.content;
        } catch (JsonProcessingException e) {
            @Nullable JsonLocation location = e.getLocation();
            throw new InvalidBlueprintException(document + " is not valid JSON"
                    + (location == null ? "" : " at " + place(location)) + " (or has a key twice)");
        } catch (IOException e) {
            throw new InvalidBlueprintException(document + " cannot be read");
        }
    }

    private void readDocument() throws IOException {
        expect(parser.nextToken(), JsonToken.START_OBJECT, "a blueprint is a JSON object");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (field) {
                case SECRETS -> readList(field, token, () -> readSecret(field));
                case PLAIN -> readList(field, token, () -> readVariable(field));
                case "recipe_container_command" -> readList(field, token, () -> content.command.add(text(field)));
                case "recipe_container_command_args" ->
                    readList(field, token, () -> content.arguments.add(text(field)));
                case "deployment_group" ->
                    throw problem("this is a group of blueprints: give the \"recipe\" of one deployment");
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw problem("there is text after the document");
        }
    }

    /** Reads one element at the parser's current token. */
    private interface Element {
        void read() throws IOException;
    }

    private void readList(String field, JsonToken token, Element element) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        expect(token, JsonToken.START_ARRAY, field + " must be a list");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.read();
        }
    }

    private void readSecret(String field) throws IOException {
        Map<String, String> triple = readStrings(field, Set.of(ENVVAR_NAME, SECRET_NAME, SECRET_KEY));
        String variable = triple.getOrDefault(ENVVAR_NAME, "");
        if (content.injection.hasVariable(variable)) {
            throw problem(field + " has an " + ENVVAR_NAME + " twice");
        }
        if (content.plainVariables.containsKey(variable)) {
            throw secretAndPlain();
        }
        try {
            content.injection.variable(
                    variable, triple.getOrDefault(SECRET_NAME, ""), triple.getOrDefault(SECRET_KEY, ""));
        } catch (InvalidSecretNameException e) {
            throw problem(SECRET_NAME + " and " + SECRET_KEY + " must be names of letters, digits, '-', '_' and '.'");
        }
    }

    private void readVariable(String field) throws IOException {
        Map<String, String> pair = readStrings(field, Set.of("key", "value"));
        String variable = pair.getOrDefault("key", "");
        if (content.injection.hasVariable(variable)) {
            throw secretAndPlain();
        }
        String value = pair.getOrDefault("value", "");
        if (variable.isEmpty() || variable.indexOf('=') >= 0 || (variable + value).indexOf('\0') >= 0) {
            throw problem("an element of " + field + " has a key or a value that no variable can have");
        }
        content.plainVariables.put(variable, value);
        // Also one of the names that are withheld otherwise: the document says that the process has it.
        content.injection.keepInherited(variable);
    }

    /** In Kubernetes the later one would win, and the document does not say which one that is. */
    private InvalidBlueprintException secretAndPlain() {
        return problem("this variable is in " + SECRETS + " and in " + PLAIN + ": remove it from one of them");
    }

    /** Reads an object that has exactly these fields. */
    private Map<String, String> readStrings(String field, Set<String> names) throws IOException {
        expect(parser.currentToken(), JsonToken.START_OBJECT, "an element of " + field + " must be an object");
        Map<String, String> strings = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (!names.contains(name)) {
                throw problem("an element of " + field + " has a field other than " + list(names));
            }
            parser.nextToken();
            strings.put(name, text(field));
        }
        if (strings.size() < names.size()) {
            throw problem("an element of " + field + " needs " + list(names));
        }
        return strings;
    }

    /** Returns a string, or the digits of a number as they are written: OCI allows both. */
    private String text(String field) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
            return parser.getText();
        }
        throw problem(field + " must hold strings");
    }

    private static String list(Set<String> names) {
        return String.join(", ", List.copyOf(names).stream().sorted().toList());
    }

    private void expect(@Nullable JsonToken token, JsonToken expected, String rule) {
        if (token != expected) {
            throw problem(rule);
        }
    }

    private InvalidBlueprintException problem(String rule) {
        return new InvalidBlueprintException(document + ", " + place(parser.currentTokenLocation()) + ": " + rule);
    }

    private static String place(JsonLocation location) {
        return "line " + location.getLineNr() + ", column " + Math.max(1, location.getColumnNr());
    }
}
