package dev.modelsecrets.standard.internal;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * The {@code secrets:} map of a YAML document, with every scalar as it was written.
 *
 * <p>Only the streaming parser is used: types are never resolved, so {@code 0123} and {@code no} stay what they are,
 * and no data binding is loaded.
 */
public final class YamlSecrets {

    /** The most bytes a document may have; on one long line, the parser takes seconds for as many. */
    public static final int LARGEST_DOCUMENT = 4 << 20;

    private static final String STRING_TAG = "tag:yaml.org,2002:str";

    private final String text;
    private final boolean aliasesAllowedElsewhere;
    private final YAMLParser parser;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private boolean sectionFound;

    /** A position in the text, in code points as the parser counts, and as an index of the string. */
    private int countedCodePoints;

    private int countedIndex;

    private YamlSecrets(String text, boolean aliasesAllowedElsewhere) throws IOException {
        this.text = text;
        this.aliasesAllowedElsewhere = aliasesAllowedElsewhere;
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LARGEST_DOCUMENT);
        parser = YAMLFactory.builder().loaderOptions(limits).build().createParser(new StringReader(text));
    }

    /**
     * Reads the section of a document.
     *
     * @param text the whole document
     * @param aliasesAllowedElsewhere whether other sections may use aliases
     * @return the section; without values if the document is empty or does not have it
     * @throws MalformedException if the document is not YAML, or not one map with distinct keys
     */
    public static YamlSecrets parse(String text, boolean aliasesAllowedElsewhere) throws MalformedException {
        if (text.startsWith("\uFEFF")) {
            throw new MalformedException("starts with a byte order mark (U+FEFF); save it as UTF-8 without one");
        }
        try {
            YamlSecrets section = new YamlSecrets(text, aliasesAllowedElsewhere);
            try (section.parser) {
                section.readDocument();
            }
            return section;
        } catch (IOException | RuntimeException e) {
            // The exception quotes the document, so only its position and its kind are taken from it.
            throw new MalformedException(ParserProblem.ofYaml(e, text));
        }
    }

    /** Tells whether the document has a {@code secrets:} key at all. */
    public boolean isPresent() {
        return sectionFound;
    }

    /** Returns what stands under each key of the section, in order. */
    public Map<String, Value> values() {
        return values;
    }

    private void readDocument() throws IOException, MalformedException {
        JsonToken token = parser.nextToken();
        if (token == null || token == JsonToken.VALUE_NULL || isNothing(token)) {
            endOfDocument();
            return;
        }
        if (token != JsonToken.START_OBJECT) {
            throw problem("is not a map of keys and values");
        }
        Map<String, Integer> lines = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = newKey(lines);
            JsonToken value = parser.nextToken();
            if (key.equals("secrets")) {
                sectionFound = true;
                readSection(value);
            } else {
                skip(value);
            }
        }
        endOfDocument();
    }

    private void endOfDocument() throws IOException, MalformedException {
        if (parser.nextToken() != null) {
            throw problem("has a second document,");
        }
    }

    private void readSection(JsonToken token) throws IOException, MalformedException {
        if (parser.isCurrentAlias()) {
            throw problem("has a `secrets:` section that is an alias, which is not supported,");
        }
        if (token == JsonToken.VALUE_NULL || isNothing(token)) {
            return;
        }
        if (token != JsonToken.START_OBJECT) {
            throw problem("has a `secrets:` section that is not a map of names and values,");
        }
        Map<String, Integer> lines = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            JsonLocation keyPlace = parser.currentTokenLocation();
            String key = newKey(lines);
            JsonToken value = parser.nextToken();
            values.put(key, value(value, keyPlace));
        }
    }

    private Value value(JsonToken token, JsonLocation keyPlace) throws IOException, MalformedException {
        int line = keyPlace.getLineNr();
        int column = keyPlace.getColumnNr();
        if (parser.isCurrentAlias()) {
            throw problem("uses an alias (*), which is not supported; put a value that starts with * in quotes,");
        }
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            skip(token);
            return new Value(null, "is a map or a list, not text", line, column);
        }
        String tag = parser.getTypeId();
        if (tag != null && !tag.equals(STRING_TAG)) {
            return new Value(null, "has a tag (!); put a value that starts with ! in quotes", line, column);
        }
        boolean isNull = tag == null && (token == JsonToken.VALUE_NULL || isNothing(token));
        return new Value(isNull ? null : parser.getText(), null, line, column);
    }

    /** Takes the current token as a key that must not have occurred in the same map. */
    private String newKey(Map<String, Integer> lines) throws IOException, MalformedException {
        if (parser.isCurrentAlias()) {
            throw problem("uses an alias (*) as a key, which is not supported,");
        }
        String key = parser.getText();
        if (key.equals("<<")) {
            throw problem("merges another map, which is not supported,");
        }
        Integer first = lines.put(key, parser.currentTokenLocation().getLineNr());
        if (first != null) {
            throw problem("has a key twice, first on line " + first + " and again");
        }
        return key;
    }

    private void skip(JsonToken token) throws IOException, MalformedException {
        int depth = 0;
        JsonToken current = token;
        while (true) {
            if (parser.isCurrentAlias() && !aliasesAllowedElsewhere) {
                throw problem("uses an alias (*), which is not supported,");
            }
            if (current.isStructStart()) {
                depth++;
            } else if (current.isStructEnd()) {
                depth--;
            }
            if (depth == 0) {
                return;
            }
            current = parser.nextToken();
        }
    }

    /**
     * Tells whether the current token is a value that was left out, as in {@code name:}, which the parser reports like
     * the text {@code ""}: it stands on nothing, or on an anchor alone.
     */
    private boolean isNothing(JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING || !parser.getText().isEmpty()) {
            return false;
        }
        int start = (int) parser.currentTokenLocation().getCharOffset();
        int end = (int) parser.currentLocation().getCharOffset();
        if (start == end) {
            return true;
        }
        int first = text.codePointAt(indexOf(start));
        int last = text.codePointBefore(indexOf(end));
        return first != '|' && first != '>' && last != '"' && last != '\'';
    }

    /** Counts on from the last call, so that a document with many empty values is not counted from its start each time. */
    private int indexOf(int codePoints) {
        countedIndex = text.offsetByCodePoints(countedIndex, codePoints - countedCodePoints);
        countedCodePoints = codePoints;
        return countedIndex;
    }

    private MalformedException problem(String what) {
        return new MalformedException(what + " at " + ParserProblem.place(parser.currentTokenLocation()));
    }

    /**
     * What stands under a key.
     *
     * @param text the scalar as written, or null where it is null, left out, or a problem
     * @param problem why it cannot be a secret, or null
     * @param line the line of the key, from 1
     * @param column the column of the key, from 1
     */
    public record Value(@Nullable String text, @Nullable String problem, int line, int column) {

        /** Says where the key is, never what stands there. */
        @Override
        public String toString() {
            return "value of the key at " + place();
        }

        /** Returns the position of the key for a message. */
        public String place() {
            return "line " + line + ", column " + column;
        }
    }
}
