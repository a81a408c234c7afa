package dev.modelsecrets.standard.internal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/**
 * The secrets of a YAML document, with every scalar as it was written: its {@code secrets:} section, or the whole map.
 */
public final class YamlSecrets {

    private static final String SECTION = "secrets";

    private final YamlEvents events;
    private final boolean isModelConfig;
    private final Map<String, DocumentValue> values = new LinkedHashMap<>();
    private final Map<String, DocumentValue> others = new LinkedHashMap<>();
    private boolean sectionFound;
    private @Nullable DocumentValue emptySection;

    private YamlSecrets(String text, boolean isModelConfig) throws MalformedException {
        events = new YamlEvents(text);
        this.isModelConfig = isModelConfig;
    }

    /**
     * Reads the {@code secrets:} section of a document that holds secrets.
     *
     * @param text the whole document
     * @return the section; without values if the document is empty or does not have it
     * @throws MalformedException if the document is not YAML, or not one map with distinct keys
     */
    public static YamlSecrets parseSection(String text) throws MalformedException {
        YamlSecrets document = new YamlSecrets(text, false);
        document.readDocument();
        return document;
    }

    /**
     * Reads the {@code secrets:} section of a model's {@code config.yaml}, and notes what stands in the other ones.
     *
     * @param text the whole document, where other sections may use aliases
     * @return the section; without values if the document is empty or does not have it
     * @throws MalformedException if the document is not YAML, or not one map with distinct keys
     */
    public static YamlSecrets parseModelConfig(String text) throws MalformedException {
        YamlSecrets document = new YamlSecrets(text, true);
        document.readDocument();
        return document;
    }

    /**
     * Reads a document whose root is the map of names and values.
     *
     * @param text the whole document
     * @return its keys; none if the document is empty
     * @throws MalformedException if the document is not YAML, or not one map with distinct keys
     */
    public static YamlSecrets parseRoot(String text) throws MalformedException {
        YamlSecrets document = new YamlSecrets(text, false);
        if (document.events.enterRoot()) {
            document.readValues();
            document.events.requireEnd();
        }
        return document;
    }

    /** Tells whether the document has a {@code secrets:} key at all. */
    public boolean isPresent() {
        return sectionFound;
    }

    /** Returns what stands under each key of the section, in order. */
    public Map<String, DocumentValue> values() {
        return values;
    }

    /**
     * Returns the other sections by their names, in order; of a model's config also what stands in them, by paths such
     * as {@code weights[0].source}.
     */
    public Map<String, DocumentValue> others() {
        return others;
    }

    /**
     * Returns a slip that leaves the document without secrets though it was meant to have some.
     *
     * @return words that follow the name of the document; or null
     */
    public @Nullable String slip() {
        return SectionSlip.of(sectionFound, emptySection, others);
    }

    private void readDocument() throws MalformedException {
        if (!events.enterRoot()) {
            return;
        }
        Map<String, Integer> lines = new HashMap<>();
        for (Event key = events.next(); !(key instanceof MappingEndEvent); key = events.next()) {
            String name = events.newKey(key, lines);
            Event value = events.next();
            if (name.equals(SECTION)) {
                readSection(key, value);
            } else {
                readOther(name, key, value);
            }
        }
        events.requireEnd();
    }

    private void readOther(String name, Event key, Event value) throws MalformedException {
        Map<String, DocumentValue> notes = isModelConfig ? others : null;
        others.put(
                name,
                value instanceof ScalarEvent scalar
                        ? events.value(scalar, key.getStartMark())
                        : DocumentValue.unfit("is a map or a list", key.getStartMark()));
        new OtherSection(events, isModelConfig, notes).skip(value, name);
    }

    private void readSection(Event key, Event section) throws MalformedException {
        sectionFound = true;
        if (section instanceof AliasEvent) {
            throw YamlEvents.problem("has a `secrets:` section that is an alias, which is not supported,", section);
        }
        if (YamlEvents.isNull(section)) {
            if (section instanceof ScalarEvent scalar && scalar.getValue().isEmpty()) {
                emptySection = DocumentValue.of(null, key.getStartMark());
            }
            return;
        }
        if (section instanceof SequenceStartEvent) {
            throw YamlEvents.problem(
                    "has a `secrets:` section that is a list; write each name as `name: null`, without a dash,",
                    section);
        }
        if (!(section instanceof MappingStartEvent)) {
            throw YamlEvents.problem(
                    "has a `secrets:` section that is not a map; write each name as `name: null` on a line of its own,",
                    section);
        }
        readValues();
    }

    private void readValues() throws MalformedException {
        Map<String, Integer> lines = new HashMap<>();
        for (Event key = events.next(); !(key instanceof MappingEndEvent); key = events.next()) {
            values.put(events.newKey(key, lines), value(events.next(), key));
        }
    }

    private DocumentValue value(Event value, Event key) throws MalformedException {
        if (value instanceof AliasEvent) {
            throw YamlEvents.problem(
                    "uses an alias (*), which is not supported; put a value that starts with * in quotes,", value);
        }
        if (value instanceof ScalarEvent scalar) {
            return events.value(scalar, key.getStartMark());
        }
        new OtherSection(events, false, null).skip(value, "");
        return DocumentValue.unfit("is a map or a list, not text", key.getStartMark());
    }
}
