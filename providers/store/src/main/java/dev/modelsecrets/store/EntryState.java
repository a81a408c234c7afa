package dev.modelsecrets.store;

import dev.modelsecrets.store.SecretMetadata.Attachment;
import dev.modelsecrets.store.SecretMetadata.Revision;
import dev.modelsecrets.store.internal.Json.Field;
import dev.modelsecrets.store.internal.Json.Node;
import dev.modelsecrets.store.internal.JsonLine;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the line of a secret says: its metadata in the clear, its description and its values encrypted.
 *
 * <p>A value is known by its key and by the version of the secret that it was set with; states of the secret, the
 * current one and earlier ones, say which value each key has. Immutable.
 *
 * @param metadata all but the description, which is not decrypted here
 * @param description the encrypted description; empty if there is none
 * @param keys the version that the value of each key was set with
 * @param history earlier states, latest first
 * @param values encrypted values by key, then by the version that they were set with
 */
record EntryState(
        SecretMetadata metadata,
        String description,
        Map<String, Long> keys,
        List<Earlier> history,
        Map<String, Map<Long, String>> values) {

    /** An earlier state of the secret. */
    record Earlier(long version, Instant updated, Map<String, Long> keys) {

        Revision revision() {
            return new Revision(version, updated, keys.keySet());
        }
    }

    /**
     * Returns the state that follows, with this one as the first of its history if any value changed.
     *
     * @param next the metadata to have
     * @param description its encrypted description
     * @param sealed the encrypted values of the keys that change
     * @param kept how many earlier states are kept
     */
    EntryState next(SecretMetadata next, String description, Map<String, String> sealed, int kept) {
        EntryState fresh = first(next, description, sealed);
        Map<String, Long> nextKeys = new TreeMap<>(fresh.keys);
        for (String key : next.keys()) {
            nextKeys.computeIfAbsent(key, any -> Objects.requireNonNull(keys.get(key), key));
        }
        List<Earlier> nextHistory = new ArrayList<>(history);
        if (!nextKeys.equals(keys)) {
            nextHistory.add(0, new Earlier(metadata.version(), metadata.updated(), keys));
        }
        nextHistory = List.copyOf(nextHistory.subList(0, Math.min(kept, nextHistory.size())));

        Map<String, Map<Long, String>> nextValues = new TreeMap<>();
        List<Map<String, Long>> states = new ArrayList<>(List.of(nextKeys));
        nextHistory.forEach(earlier -> states.add(earlier.keys));
        for (Map<String, Long> state : states) {
            state.forEach((key, version) -> {
                Map<Long, String> known = fresh.values.getOrDefault(key, Map.of());
                String value = known.get(version);
                nextValues
                        .computeIfAbsent(key, any -> new TreeMap<>())
                        .put(version, value != null ? value : sealed(key, version));
            });
        }
        return new EntryState(clear(next, nextHistory), description, nextKeys, nextHistory, nextValues);
    }

    /** Returns the state of a new secret. */
    static EntryState first(SecretMetadata metadata, String description, Map<String, String> sealed) {
        Map<String, Long> keys = new TreeMap<>();
        Map<String, Map<Long, String>> values = new TreeMap<>();
        for (Map.Entry<String, String> key : sealed.entrySet()) {
            keys.put(key.getKey(), metadata.version());
            values.put(key.getKey(), Collections.singletonMap(metadata.version(), key.getValue()));
        }
        return new EntryState(clear(metadata, List.of()), description, keys, List.of(), values);
    }

    private static SecretMetadata clear(SecretMetadata metadata, List<Earlier> history) {
        // Loops and no streams in what a start needs, whose classes are another 2 % of its time.
        List<Revision> revisions = new ArrayList<>();
        for (Earlier earlier : history) {
            revisions.add(earlier.revision());
        }
        return metadata.description().isEmpty() && metadata.history().equals(revisions)
                ? metadata
                : metadata.toBuilder().description("").history(revisions).build();
    }

    /** Returns the encrypted value that a key had since a version. */
    String sealed(String key, long version) {
        return Objects.requireNonNull(values.getOrDefault(key, Map.of()).get(version), key);
    }

    /** Returns the line. */
    byte[] toJson(JsonLine json) {
        json.object()
                .field("type", metadata.type().id())
                .field("version", metadata.version())
                .field("created", metadata.created())
                .field("updated", metadata.updated());
        if (!description.isEmpty()) {
            json.base64("description", description);
        }
        metadata.mount().directory().ifPresent(directory -> {
            json.object("mount").field("directory", directory);
            write(json, "subPaths", metadata.mount().subPaths());
            json.endObject();
        });
        if (metadata.stage() != SecretStage.ALL) {
            json.field("stage", metadata.stage().id());
        }
        if (!metadata.labels().isEmpty()) {
            write(json, "labels", metadata.labels());
        }
        metadata.template().ifPresent(template -> json.field("template", template.name()));
        metadata.expires().ifPresent(expires -> json.field("expires", expires));
        metadata.rotationPeriod().ifPresent(period -> json.field("rotationPeriod", period.toString()));
        metadata.rotationDue().ifPresent(due -> json.field("rotationDue", due));
        writeAttachments(json);
        writeKeys(json, keys);
        writeHistory(json);
        writeValues(json);
        return json.endObject().take();
    }

    private static void write(JsonLine json, String field, Map<String, String> texts) {
        json.object(field);
        texts.forEach(json::field);
        json.endObject();
    }

    private void writeAttachments(JsonLine json) {
        if (!metadata.attachments().isEmpty()) {
            json.array("attachments");
            for (Attachment attachment : metadata.attachments()) {
                json.object()
                        .field("deployment", attachment.deployment())
                        .field("since", attachment.since())
                        .field("restartNeeded", attachment.restartNeeded())
                        .endObject();
            }
            json.endArray();
        }
    }

    private static void writeKeys(JsonLine json, Map<String, Long> keys) {
        json.object("keys");
        keys.forEach(json::field);
        json.endObject();
    }

    private void writeHistory(JsonLine json) {
        if (!history.isEmpty()) {
            json.array("history");
            for (Earlier earlier : history) {
                json.object().field("version", earlier.version).field("updated", earlier.updated);
                writeKeys(json, earlier.keys);
                json.endObject();
            }
            json.endArray();
        }
    }

    private void writeValues(JsonLine json) {
        json.object("values");
        for (Map.Entry<String, Map<Long, String>> key : values.entrySet()) {
            json.object(key.getKey());
            for (Map.Entry<Long, String> value : key.getValue().entrySet()) {
                json.base64(Long.toString(value.getKey()), value.getValue());
            }
            json.endObject();
        }
        json.endObject();
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is not what {@link #toJson} writes
     */
    static EntryState parse(String name, Node node) {
        try {
            Map<String, Long> keys = keys(node);
            List<Earlier> history = history(node);
            Map<String, Map<Long, String>> values = values(node);
            Set<Map.Entry<String, Long>> needed = new LinkedHashSet<>(keys.entrySet());
            for (Earlier earlier : history) {
                needed.addAll(earlier.keys.entrySet());
            }
            for (Map.Entry<String, Long> value : needed) {
                if (!values.getOrDefault(value.getKey(), Map.of()).containsKey(value.getValue())) {
                    throw new IllegalArgumentException("value");
                }
            }
            SecretMetadata metadata = metadata(name, node, keys.keySet());
            return new EntryState(
                    clear(metadata, history), base64(optional(node, "description")), keys, history, values);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("time");
        }
    }

    private static SecretMetadata metadata(String name, Node node, Set<String> keys) {
        SecretMetadata.Builder metadata = SecretMetadata.builder(name)
                .type(known(SecretType.of(text(node, "type"))))
                .version(Long.parseLong(text(node, "version")))
                .created(StoreFormat.time(text(node, "created")))
                .updated(StoreFormat.time(text(node, "updated")))
                .keys(keys)
                .attachments(attachments(node));
        @Nullable Node mount = node.get("mount");
        if (mount != null) {
            metadata.mount(SecretMount.files(text(mount, "directory"), texts(child(mount, "subPaths"))));
        }
        if (node.get("stage") != null) {
            metadata.stage(known(SecretStage.of(text(node, "stage"))));
        }
        @Nullable Node labels = node.get("labels");
        if (labels != null) {
            metadata.labels(texts(labels));
        }
        if (node.get("template") != null) {
            metadata.template(SecretTemplate.valueOf(text(node, "template")));
        }
        if (node.get("expires") != null) {
            metadata.expires(StoreFormat.time(text(node, "expires")));
        }
        if (node.get("rotationPeriod") != null) {
            metadata.rotation(
                    Duration.parse(text(node, "rotationPeriod")), StoreFormat.time(text(node, "rotationDue")));
        }
        return metadata.build();
    }

    private static <T> T known(Optional<T> word) {
        if (word.isEmpty()) {
            throw new IllegalArgumentException("word");
        }
        return word.get();
    }

    private static List<Attachment> attachments(Node node) {
        List<Attachment> attachments = new ArrayList<>();
        @Nullable Node list = node.get("attachments");
        for (Node attachment : list == null ? List.<Node>of() : list.items()) {
            attachments.add(new Attachment(
                    text(attachment, "deployment"),
                    StoreFormat.time(text(attachment, "since")),
                    Boolean.parseBoolean(text(attachment, "restartNeeded"))));
        }
        return attachments;
    }

    private static Map<String, Long> keys(Node node) {
        Map<String, Long> keys = new TreeMap<>();
        for (Field key : child(node, "keys").fields()) {
            keys.put(key.name(), Long.parseLong(key.value().text()));
        }
        return keys;
    }

    private static List<Earlier> history(Node node) {
        List<Earlier> history = new ArrayList<>();
        @Nullable Node list = node.get("history");
        for (Node earlier : list == null ? List.<Node>of() : list.items()) {
            history.add(new Earlier(
                    Long.parseLong(text(earlier, "version")),
                    StoreFormat.time(text(earlier, "updated")),
                    keys(earlier)));
        }
        return List.copyOf(history);
    }

    private static Map<String, Map<Long, String>> values(Node node) {
        Map<String, Map<Long, String>> values = new TreeMap<>();
        for (Field key : child(node, "values").fields()) {
            Map<Long, String> versions = new TreeMap<>();
            for (Field value : key.value().fields()) {
                versions.put(Long.parseLong(value.name()), base64(value.value().text()));
            }
            values.put(key.name(), versions);
        }
        return values;
    }

    /** Refuses what would have to be escaped when it is written again. */
    private static String base64(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (c < '/' || c > '9') && c != '+' && c != '=') {
                throw new IllegalArgumentException("base64");
            }
        }
        return text;
    }

    private static Map<String, String> texts(Node node) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Field field : node.fields()) {
            texts.put(field.name(), field.value().text());
        }
        return texts;
    }

    private static Node child(Node node, String name) {
        @Nullable Node child = node.get(name);
        if (child == null) {
            throw new IllegalArgumentException(name);
        }
        return child;
    }

    private static String text(Node node, String name) {
        return child(node, name).text();
    }

    private static String optional(Node node, String name) {
        @Nullable Node child = node.get(name);
        return child == null ? "" : child.text();
    }

    /** Returns no value, not even an encrypted one. */
    @Override
    public String toString() {
        return "EntryState[" + metadata.name() + "]";
    }
}
