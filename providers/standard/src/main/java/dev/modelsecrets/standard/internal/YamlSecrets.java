package dev.modelsecrets.standard.internal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The {@code secrets:} map of a YAML document, with every scalar as it was written.
 *
 * <p>Only the parser's events are used: types are never resolved, so {@code 0123} and {@code no} stay what they are, and
 * nothing is ever constructed.
 */
public final class YamlSecrets {

    /** The most bytes a document may have; on one long line, the parser takes seconds for as many. */
    public static final int LARGEST_DOCUMENT = 4 << 20;

    /** The parser's work for each token grows with the depth. */
    private static final int DEEPEST_NESTING = 1_000;

    private static final String STRING_TAG = "tag:yaml.org,2002:str";

    private final boolean aliasesAllowedElsewhere;
    private final Parser parser;
    private final Map<String, DocumentValue> values = new LinkedHashMap<>();
    private boolean sectionFound;

    private YamlSecrets(String text, boolean aliasesAllowedElsewhere) {
        this.aliasesAllowedElsewhere = aliasesAllowedElsewhere;
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LARGEST_DOCUMENT);
        parser = new ParserImpl(new StreamReader(text), limits);
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
        return parse(text, aliasesAllowedElsewhere, false);
    }

    /**
     * Reads a document whose root is the map of names and values.
     *
     * @param text the whole document
     * @return its keys; none if the document is empty
     * @throws MalformedException if the document is not YAML, or not one map with distinct keys
     */
    public static YamlSecrets parseRoot(String text) throws MalformedException {
        return parse(text, false, true);
    }

    private static YamlSecrets parse(String text, boolean aliasesAllowedElsewhere, boolean rootIsSection)
            throws MalformedException {
        if (text.startsWith("\uFEFF")) {
            throw new MalformedException("starts with a byte order mark (U+FEFF); save it as UTF-8 without one");
        }
        try {
            YamlSecrets section = new YamlSecrets(text, aliasesAllowedElsewhere);
            section.readStream(rootIsSection);
            return section;
        } catch (YAMLException e) {
            // The exception quotes the document, so only its position and its kind are taken from it.
            throw new MalformedException(YamlProblem.of(e, text));
        }
    }

    /** Tells whether the document has a {@code secrets:} key at all. */
    public boolean isPresent() {
        return sectionFound;
    }

    /** Returns what stands under each key of the section, in order. */
    public Map<String, DocumentValue> values() {
        return values;
    }

    private void readStream(boolean rootIsSection) throws MalformedException {
        parser.getEvent(); // the start of the stream
        if (parser.getEvent() instanceof StreamEndEvent) {
            return;
        }
        Event root = parser.getEvent();
        if (rootIsSection) {
            readRoot(root);
        } else {
            readDocument(root);
        }
        parser.getEvent(); // the end of the document
        if (!(parser.getEvent() instanceof StreamEndEvent)) {
            throw problem("has a second document,", parser.getEvent());
        }
    }

    private void readDocument(Event root) throws MalformedException {
        if (isNull(root)) {
            return;
        }
        if (!(root instanceof MappingStartEvent)) {
            throw problem("is not a map of keys and values", root);
        }
        Map<String, Integer> lines = new HashMap<>();
        for (Event key = parser.getEvent(); !(key instanceof MappingEndEvent); key = parser.getEvent()) {
            String name = newKey(key, lines);
            Event value = parser.getEvent();
            if (name.equals("secrets")) {
                sectionFound = true;
                readSection(value);
            } else {
                skip(value);
            }
        }
    }

    private void readRoot(Event root) throws MalformedException {
        if (isNull(root)) {
            return;
        }
        if (!(root instanceof MappingStartEvent)) {
            throw problem("is not a map of keys and values", root);
        }
        readValues();
    }

    private void readSection(Event section) throws MalformedException {
        if (section instanceof AliasEvent) {
            throw problem("has a `secrets:` section that is an alias, which is not supported,", section);
        }
        if (isNull(section)) {
            return;
        }
        if (!(section instanceof MappingStartEvent)) {
            throw problem("has a `secrets:` section that is not a map of names and values,", section);
        }
        readValues();
    }

    private void readValues() throws MalformedException {
        Map<String, Integer> lines = new HashMap<>();
        for (Event key = parser.getEvent(); !(key instanceof MappingEndEvent); key = parser.getEvent()) {
            values.put(newKey(key, lines), value(parser.getEvent(), key.getStartMark()));
        }
    }

    private DocumentValue value(Event value, Mark key) throws MalformedException {
        if (value instanceof AliasEvent) {
            throw problem(
                    "uses an alias (*), which is not supported; put a value that starts with * in quotes,", value);
        }
        if (!(value instanceof ScalarEvent scalar)) {
            skip(value);
            return value(null, "is a map or a list, not text", key);
        }
        if (scalar.getTag() != null && !scalar.getTag().equals(STRING_TAG)) {
            return value(null, "has a tag (!); put a value that starts with ! in quotes", key);
        }
        return value(isNull(scalar) ? null : scalar.getValue(), null, key);
    }

    private static DocumentValue value(@Nullable String text, @Nullable String problem, Mark key) {
        return new DocumentValue(text, problem, key.getLine() + 1, key.getColumn() + 1);
    }

    /** Takes a key that must not have occurred in the same map. */
    private static String newKey(Event key, Map<String, Integer> lines) throws MalformedException {
        if (key instanceof AliasEvent) {
            throw problem("uses an alias (*) as a key, which is not supported,", key);
        }
        if (!(key instanceof ScalarEvent scalar)) {
            throw new MalformedException("is not valid YAML at " + YamlProblem.place(key.getEndMark())
                    + ": a key must be text, not a map or a list");
        }
        String name = scalar.getValue();
        if (name.equals("<<")) {
            throw problem("merges another map, which is not supported,", key);
        }
        Integer first = lines.put(name, key.getStartMark().getLine() + 1);
        if (first != null) {
            throw problem("has a key twice, first on line " + first + " and again", key);
        }
        return name;
    }

    private void skip(Event first) throws MalformedException {
        int depth = 0;
        Event event = first;
        while (true) {
            if (event instanceof AliasEvent && !aliasesAllowedElsewhere) {
                throw problem("uses an alias (*), which is not supported,", event);
            }
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth == 0) {
                return;
            }
            if (depth > DEEPEST_NESTING) {
                throw problem("is nested too deeply", event);
            }
            event = parser.getEvent();
        }
    }

    /** Tells whether there is no value: {@code null}, {@code ~} or nothing at all, without quotes and tags. */
    private static boolean isNull(Event event) {
        if (!(event instanceof ScalarEvent scalar) || scalar.getTag() != null || !scalar.isPlain()) {
            return false;
        }
        return switch (scalar.getValue()) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
        };
    }

    private static MalformedException problem(String what, Event event) {
        return new MalformedException(what + " at " + YamlProblem.place(event.getStartMark()));
    }
}
