package dev.modelsecrets.standard.internal;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;

/**
 * The events of the one map that a YAML document holds, with every failure in words of our own.
 *
 * <p>Types are never resolved, so {@code 0123} and {@code no} stay what they are, and nothing is ever constructed. Not
 * thread-safe.
 */
final class YamlEvents {

    /** The most characters a document may have. */
    static final int LARGEST_DOCUMENT = 4 << 20;

    private static final String STRING_TAG = "tag:yaml.org,2002:str";

    private final LinearReader reader;
    private final Parser parser;
    private final @Nullable SlashEscapes slashes;

    YamlEvents(String text) throws MalformedException {
        if (text.startsWith("\uFEFF")) {
            throw new MalformedException("has a byte order mark: save the file as UTF-8 without one");
        }
        if (text.length() > LARGEST_DOCUMENT) {
            throw new MalformedException("is larger than 4 MiB");
        }
        slashes = SlashEscapes.in(text);
        reader = new LinearReader(slashes == null ? text : slashes.replace(text));
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LARGEST_DOCUMENT);
        parser = new ParserImpl(reader, limits);
    }

    Event next() throws MalformedException {
        try {
            return parser.getEvent();
        } catch (RuntimeException e) {
            // The exception quotes the document, so only its position and its kind are taken from it.
            throw new MalformedException(YamlProblem.of(e, reader.getMark()));
        }
    }

    /**
     * Starts the document.
     *
     * @return false if it is empty or null; else the next event is the first key of the root
     */
    boolean enterRoot() throws MalformedException {
        next(); // the start of the stream
        if (next() instanceof StreamEndEvent) {
            return false;
        }
        Event root = next();
        if (isNull(root)) {
            requireEnd();
            return false;
        }
        if (!(root instanceof MappingStartEvent)) {
            throw problem("is not a map of keys and values", root);
        }
        return true;
    }

    /** Ends the document, after the last event of its root. */
    void requireEnd() throws MalformedException {
        next(); // the end of the document
        if (!(next() instanceof StreamEndEvent)) {
            throw problem("has a second document,", next());
        }
    }

    /** Takes a key that must not have occurred in the same map. */
    String newKey(Event key, Map<String, Integer> lines) throws MalformedException {
        if (key instanceof AliasEvent) {
            throw problem("uses an alias (*) as a key, which is not supported,", key);
        }
        if (!(key instanceof ScalarEvent scalar)) {
            throw new MalformedException("is not valid YAML at " + YamlProblem.place(key.getEndMark())
                    + ": a key must be text, not a map or a list");
        }
        String name = text(scalar);
        if (name.equals("<<")) {
            throw problem("merges another map, which is not supported,", key);
        }
        requireNew(name, key, lines);
        return name;
    }

    /** Refuses a key that occurred in the same map. */
    static void requireNew(String name, Event key, Map<String, Integer> lines) throws MalformedException {
        Integer first = lines.put(name, key.getStartMark().getLine() + 1);
        if (first != null) {
            throw problem("has a key twice, first on line " + first + " and again", key);
        }
    }

    /** Returns a scalar as written. */
    String text(ScalarEvent scalar) {
        return slashes == null
                ? scalar.getValue()
                : slashes.restore(scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED);
    }

    /** Returns what a scalar under a key comes to. */
    DocumentValue value(ScalarEvent scalar, Mark key) {
        boolean otherTag = scalar.getTag() != null && !scalar.getTag().equals(STRING_TAG);
        return otherTag
                ? DocumentValue.unfit("has a tag (!); put a value that starts with ! in quotes", key)
                : DocumentValue.of(isNull(scalar) ? null : text(scalar), key);
    }

    /** Tells whether there is no value: {@code null}, {@code ~} or nothing at all, without quotes and tags. */
    static boolean isNull(Event event) {
        if (!(event instanceof ScalarEvent scalar) || scalar.getTag() != null || !scalar.isPlain()) {
            return false;
        }
        return switch (scalar.getValue()) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
        };
    }

    static MalformedException problem(String what, Event event) {
        return new MalformedException(what + " at " + YamlProblem.place(event.getStartMark()));
    }
}
