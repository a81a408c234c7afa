package dev.modelsecrets.store;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.modelsecrets.store.SecretMetadata.Attachment;
import dev.modelsecrets.store.internal.Json;
import dev.modelsecrets.store.internal.Json.Field;
import dev.modelsecrets.store.internal.Json.MalformedJsonException;
import dev.modelsecrets.store.internal.Json.Node;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The table of contents of an embedded store: everything but the values; not thread-safe.
 *
 * <p>One JSON document a line: the format, then one for each secret, sorted by name. A line is parsed only when its
 * secret is asked for, and written only when it changed, so that a thousand secrets cost little at a cold start.
 */
final class Index {

    private static final String FORMAT = "{\"format\":1}";
    private static final String NAME = "{\"name\":\"";

    private final String file;
    private final Map<String, Line> lines;
    private boolean changed;

    private Index(String file, Map<String, Line> lines) {
        this.file = file;
        this.lines = lines;
    }

    static Index empty(String file) {
        return new Index(file, new TreeMap<>());
    }

    /**
     * Reads the lines.
     *
     * @throws DamagedStoreException if they are not what {@link #toText} writes
     * @throws SecretStoreException if they are what a later version writes
     */
    static Index of(String text, String file) {
        Index index = empty(file);
        int end = text.indexOf('\n');
        if (!text.startsWith(FORMAT) || end != FORMAT.length()) {
            throw new SecretStoreException("the store " + file
                    + " has a format that this version of the library does not know; use a newer one, the file was left"
                    + " as it is");
        }
        for (int start = end + 1; start < text.length(); start = end + 1) {
            end = text.indexOf('\n', start);
            int quote = text.indexOf('"', start + NAME.length());
            if (!text.startsWith(NAME, start) || quote < 0 || end < quote) {
                throw index.damaged();
            }
            index.lines.put(text.substring(start + NAME.length(), quote), new Line(text.substring(start, end)));
        }
        return index;
    }

    /** Returns an index that can be changed without changing this one. */
    Index copy() {
        return new Index(file, new TreeMap<>(lines));
    }

    boolean isChanged() {
        return changed;
    }

    String toText() {
        StringBuilder text = new StringBuilder(FORMAT).append('\n');
        for (Line line : lines.values()) {
            text.append(line.json).append('\n');
        }
        return text.toString();
    }

    SortedSet<String> names() {
        TreeSet<String> names = new TreeSet<>();
        lines.forEach((name, line) -> {
            if (!line.isDeleted()) {
                names.add(name);
            }
        });
        return Collections.unmodifiableSortedSet(names);
    }

    Optional<SecretMetadata> get(String name) {
        Line line = lines.get(name);
        return line == null || line.isDeleted() ? Optional.empty() : Optional.of(metadata(line));
    }

    /** Returns the version that a secret has, or had when it was deleted; 0 if there was none of that name. */
    long version(String name) {
        Line line = lines.get(name);
        if (line == null) {
            return 0;
        }
        return line.isDeleted() ? line.deletedVersion() : metadata(line).version();
    }

    void put(SecretMetadata secret) {
        Line line = new Line(toJson(secret));
        line.metadata = secret;
        lines.put(secret.name(), line);
        changed = true;
    }

    /** Removes a secret, and keeps its version so that a later secret of that name does not have it too. */
    void remove(String name) {
        long version = version(name);
        lines.put(name, new Line(NAME + name + Line.DELETED + version + "}"));
        changed = true;
    }

    private SecretMetadata metadata(Line line) {
        SecretMetadata metadata = line.metadata;
        if (metadata == null) {
            try {
                metadata = parse(Json.parse(line.json));
            } catch (MalformedJsonException | IllegalArgumentException e) {
                throw damaged();
            }
            line.metadata = metadata;
        }
        return metadata;
    }

    private DamagedStoreException damaged() {
        return new DamagedStoreException("the store " + file
                + " was altered: its table of contents makes no sense; put back a copy of the file");
    }

    private static String toJson(SecretMetadata secret) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("name", secret.name());
            json.writeStringField("type", secret.type().id());
            if (!secret.description().isEmpty()) {
                json.writeStringField("description", secret.description());
            }
            if (secret.mount().directory().isPresent()) {
                json.writeStringField("directory", secret.mount().directory().get());
                json.writeObjectFieldStart("subPaths");
                for (Map.Entry<String, String> entry : secret.mount().subPaths().entrySet()) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
            json.writeArrayFieldStart("keys");
            for (String key : secret.keys()) {
                json.writeString(key);
            }
            json.writeEndArray();
            json.writeNumberField("created", secret.created().toEpochMilli());
            json.writeNumberField("updated", secret.updated().toEpochMilli());
            json.writeNumberField("version", secret.version());
            writeAttachments(json, secret.attachments());
            json.writeEndObject();
        });
    }

    private static void writeAttachments(JsonGenerator json, List<Attachment> attachments) throws IOException {
        if (!attachments.isEmpty()) {
            json.writeArrayFieldStart("attachments");
            for (Attachment attachment : attachments) {
                json.writeStartObject();
                json.writeStringField("deployment", attachment.deployment());
                json.writeNumberField("since", attachment.since().toEpochMilli());
                json.writeBooleanField("restartNeeded", attachment.restartNeeded());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private static SecretMetadata parse(Node node) {
        @Nullable Node directory = node.get("directory");
        @Nullable Node description = node.get("description");
        List<String> keys = new ArrayList<>();
        for (Node key : child(node, "keys").items()) {
            keys.add(key.text());
        }
        List<Attachment> attachments = new ArrayList<>();
        @Nullable Node attached = node.get("attachments");
        if (attached != null) {
            for (Node attachment : attached.items()) {
                attachments.add(new Attachment(
                        text(attachment, "deployment"),
                        instant(attachment, "since"),
                        Boolean.parseBoolean(text(attachment, "restartNeeded"))));
            }
        }
        return new SecretMetadata(
                text(node, "name"),
                SecretType.of(text(node, "type")).orElseThrow(IllegalArgumentException::new),
                description == null ? "" : description.text(),
                directory == null ? SecretMount.environment() : SecretMount.files(directory.text(), subPaths(node)),
                new TreeSet<>(keys),
                instant(node, "created"),
                instant(node, "updated"),
                Long.parseLong(text(node, "version")),
                attachments);
    }

    private static Map<String, String> subPaths(Node node) {
        Map<String, String> subPaths = new LinkedHashMap<>();
        for (Field field : child(node, "subPaths").fields()) {
            subPaths.put(field.name(), field.value().text());
        }
        return subPaths;
    }

    private static Instant instant(Node node, String name) {
        return Instant.ofEpochMilli(Long.parseLong(text(node, name)));
    }

    private static Node child(Node node, String name) {
        Node child = node.get(name);
        if (child == null) {
            throw new IllegalArgumentException(name);
        }
        return child;
    }

    private static String text(Node node, String name) {
        return child(node, name).text();
    }

    /** A line, and what it says once somebody asked. */
    private static final class Line {

        private static final String DELETED = "\",\"deletedVersion\":";

        private final String json;
        private @Nullable SecretMetadata metadata;

        Line(String json) {
            this.json = json;
        }

        boolean isDeleted() {
            // A quote within a text is escaped, so that this can be nothing else.
            return json.indexOf(DELETED) > 0;
        }

        long deletedVersion() {
            return Long.parseLong(json, json.indexOf(DELETED) + DELETED.length(), json.length() - 1, 10);
        }
    }
}
