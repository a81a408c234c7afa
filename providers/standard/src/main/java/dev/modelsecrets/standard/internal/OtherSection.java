package dev.modelsecrets.standard.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Walks through what is not wanted as a secret: checks that its keys are distinct and, if asked to, notes what is in it
 * by paths, such as {@code weights[0].source}. Without recursion, however deep it is nested. Not thread-safe.
 */
final class OtherSection {

    /** The parser's work for each token grows with the depth. */
    private static final int DEEPEST_NESTING = 1_000;

    /** Nobody asks for what is in a map or list with a longer path: each path in it would repeat all of that. */
    private static final int LONGEST_PATH = 64;

    private final YamlEvents events;
    private final boolean aliasesAllowed;
    private final @Nullable Map<String, DocumentValue> notes;
    private final Deque<Level> levels = new ArrayDeque<>();

    /**
     * Prepares a walk.
     *
     * @param notes where to put what is inside the section: scalars and, as unfit for a secret, maps and lists; or null
     */
    OtherSection(YamlEvents events, boolean aliasesAllowed, @Nullable Map<String, DocumentValue> notes) {
        this.events = events;
        this.aliasesAllowed = aliasesAllowed;
        this.notes = notes;
    }

    /** A map or list that is open. */
    private static final class Level {

        private final @Nullable Map<String, Integer> lines;
        private final @Nullable String path;
        private boolean atValue;
        private String key = "";
        private int count;

        Level(boolean isMap, @Nullable String path) {
            lines = isMap ? new HashMap<>() : null;
            this.path = path == null || path.length() > LONGEST_PATH ? null : path;
        }
    }

    /** Walks from a value's first event to its last one. */
    void skip(Event first, String path) throws MalformedException {
        Event event = first;
        @Nullable String at = notes == null ? null : path;
        while (true) {
            if (event instanceof AliasEvent && !aliasesAllowed) {
                throw YamlEvents.problem("uses an alias (*), which is not supported,", event);
            }
            if (event instanceof CollectionEndEvent) {
                levels.pop();
            } else if (!isKey(event)) {
                note(event, at);
                if (event instanceof CollectionStartEvent) {
                    levels.push(new Level(event instanceof MappingStartEvent, at));
                }
            }
            if (levels.isEmpty()) {
                return;
            }
            if (levels.size() > DEEPEST_NESTING) {
                throw YamlEvents.problem("is nested too deeply", event);
            }
            event = events.next();
            at = pathOf(levels.peek());
        }
    }

    private static @Nullable String pathOf(Level level) {
        if (level.path == null) {
            return null;
        }
        return level.lines != null ? level.path + "." + level.key : level.path + "[" + level.count + "]";
    }

    /** Takes a scalar that is a key of the map that is open. */
    private boolean isKey(Event event) throws MalformedException {
        Level level = levels.peek();
        if (level == null) {
            return false;
        }
        if (level.lines == null) {
            level.count++;
            return false;
        }
        boolean isKey = !level.atValue;
        level.atValue = isKey;
        if (isKey && event instanceof ScalarEvent scalar) {
            level.key = events.text(scalar);
            if (!level.key.equals("<<")) {
                YamlEvents.requireNew(level.key, event, level.lines);
            }
            return true;
        }
        return false;
    }

    private void note(Event event, @Nullable String path) {
        if (notes == null || path == null || levels.isEmpty()) {
            return;
        }
        if (event instanceof ScalarEvent scalar) {
            notes.put(path, events.value(scalar, event.getStartMark()));
        } else {
            String what = event instanceof AliasEvent ? "is an alias (*)" : "is a map or a list, not text";
            notes.put(path, DocumentValue.unfit(what, event.getStartMark()));
        }
    }
}
