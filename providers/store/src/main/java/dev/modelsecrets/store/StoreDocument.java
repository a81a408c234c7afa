package dev.modelsecrets.store;

import dev.modelsecrets.store.internal.Json.Field;
import dev.modelsecrets.store.internal.Json.Kind;
import dev.modelsecrets.store.internal.Json.MalformedJsonException;
import dev.modelsecrets.store.internal.Json.Node;
import dev.modelsecrets.store.internal.JsonLine;
import dev.modelsecrets.store.internal.PlainJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of the format {@code model-secrets-store/1}: a header with key slots, a line for each secret, and a checksum
 * over all of it.
 *
 * <p>The whole is one JSON object, laid out in lines so that a secret can be found, and copied, without parsing the
 * others. The README of this module describes it for other languages. Immutable.
 */
final class StoreDocument {

    private static final String LATER_FORMAT = "(?s)\\{\"format\":\"model-secrets-store/([2-9]|[1-9][0-9]+)\".*";

    private static final String START = "{\"format\":\"" + StoreFormat.NAME + "\",\n";
    private static final String SECRETS = "\"secrets\":{\n";
    private static final String END_OF_SECRETS = "},\n";
    private static final String MAC = "\"mac\":\"";
    private static final String END = "\"}\n";

    /** Base64 of 32 bytes. */
    private static final int MAC_LENGTH = 44;

    private static final int TAIL_LENGTH = MAC.length() + MAC_LENGTH + END.length();

    private final byte[] bytes;
    private final String id;
    private final long generation;
    private final List<KeySlot> slots;
    private final List<StoreEntry> entries;

    private StoreDocument(byte[] bytes, String id, long generation, List<KeySlot> slots, List<StoreEntry> entries) {
        this.bytes = bytes;
        this.id = id;
        this.generation = generation;
        this.slots = slots;
        this.entries = entries;
    }

    /**
     * What a file of a store is to hold, before it is written.
     *
     * @param entries the secrets and the marks of deleted ones, sorted by name
     */
    record Content(String id, long generation, List<KeySlot> slots, List<StoreEntry> entries) {

        /** Lays the file out and signs it. */
        StoreDocument sign(DataKey key) {
            byte[] header = header().getBytes(StandardCharsets.UTF_8);
            byte[] endOfSecrets = ascii(END_OF_SECRETS);
            int size = header.length + endOfSecrets.length + TAIL_LENGTH;
            for (StoreEntry entry : entries) {
                size += entry.name().length() + entry.length() + "\"\":,\n".length();
            }
            byte[] bytes = new byte[size - (entries.isEmpty() ? 0 : 1)];
            int end = copy(header, bytes, 0);
            List<StoreEntry> placed = new ArrayList<>(entries.size());
            for (StoreEntry entry : entries) {
                bytes[end++] = '"';
                end = copy(ascii(entry.name()), bytes, end);
                bytes[end++] = '"';
                bytes[end++] = ':';
                placed.add(entry.copyTo(bytes, end));
                end += entry.length();
                if (placed.size() < entries.size()) {
                    bytes[end++] = ',';
                }
                bytes[end++] = '\n';
            }
            end = copy(endOfSecrets, bytes, end);
            String mac = Base64.getEncoder().encodeToString(key.fileMac(bytes, end));
            copy(ascii(MAC + mac + END), bytes, end);
            return new StoreDocument(bytes, id, generation, slots, placed);
        }

        private String header() {
            StringBuilder text = new StringBuilder(START);
            text.append("\"id\":\"").append(id).append("\",\n");
            text.append("\"generation\":").append(generation).append(",\n\"slots\":[\n");
            for (int i = 0; i < slots.size(); i++) {
                text.append(json(slots.get(i))).append(i < slots.size() - 1 ? ",\n" : "\n");
            }
            return text.append("],\n").append(SECRETS).toString();
        }

        private static String json(KeySlot slot) {
            JsonLine json = new JsonLine().object().field(KeySlot.KIND, slot.kind());
            slot.fields().forEach(json::field);
            return new String(json.endObject().take(), StandardCharsets.UTF_8);
        }

        private static int copy(byte[] from, byte[] to, int at) {
            System.arraycopy(from, 0, to, at, from.length);
            return at + from.length;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads a file whose checksum is still to be verified.
     *
     * @param path the file, for messages
     * @throws DamagedStoreException if it is not laid out as such a file is
     */
    static StoreDocument parse(byte[] bytes, String path) {
        requireFormat(bytes, path);
        if (bytes.length < START.length() + TAIL_LENGTH
                || !startsAt(bytes, bytes.length - END.length(), END)
                || !startsAt(bytes, bytes.length - TAIL_LENGTH, MAC)) {
            throw new DamagedStoreException("the store " + path + " is truncated or has something after its end;"
                    + " put back a copy of the file");
        }
        int secrets = indexOf(bytes, SECRETS);
        if (secrets < 0) {
            throw altered(path);
        }
        try {
            Node header = PlainJson.parse(new String(bytes, 0, secrets, StandardCharsets.UTF_8) + SECRETS + "}}");
            return new StoreDocument(
                    bytes,
                    text(header, "id", Kind.STRING),
                    Long.parseLong(text(header, "generation", Kind.NUMBER)),
                    slots(header),
                    entries(bytes, secrets + SECRETS.length()));
        } catch (MalformedJsonException | IllegalArgumentException e) {
            throw altered(path);
        }
    }

    private static void requireFormat(byte[] bytes, String path) {
        if (bytes.length == 0) {
            throw new DamagedStoreException(
                    "the store " + path + " is truncated: it is empty; put back a copy of the file");
        }
        if (bytes[0] == 0x30) {
            throw new SecretStoreException(
                    "the store " + path + " has the format of the first design, PKCS#12: create a"
                            + " new store and import this file with importPkcs12");
        }
        if (startsAt(bytes, 0, START)) {
            return;
        }
        if (new String(bytes, 0, Math.min(bytes.length, 60), StandardCharsets.ISO_8859_1).matches(LATER_FORMAT)) {
            throw new SecretStoreException("the store " + path
                    + " has a format that this version of the library does not know; use a newer one, the file was left"
                    + " as it is");
        }
        throw new DamagedStoreException(
                "the store " + path + " was altered or is not a store of secrets; put back a copy of the file");
    }

    private static DamagedStoreException altered(String path) {
        return new DamagedStoreException("the store " + path + " was altered; put back a copy of the file");
    }

    private static boolean startsAt(byte[] bytes, int offset, String text) {
        if (offset < 0 || offset + text.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[offset + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The header is short, so that the first line of this text is near. */
    private static int indexOf(byte[] bytes, String line) {
        for (int i = 0; i < bytes.length; i++) {
            if ((i == 0 || bytes[i - 1] == '\n') && startsAt(bytes, i, line)) {
                return i;
            }
        }
        return -1;
    }

    private static String text(Node node, String name, Kind kind) {
        @Nullable Node child = node.get(name);
        if (child == null || child.kind() != kind) {
            throw new IllegalArgumentException(name);
        }
        return child.text();
    }

    private static List<KeySlot> slots(Node header) {
        List<KeySlot> slots = new ArrayList<>();
        @Nullable Node list = header.get("slots");
        for (Node node : list == null ? List.<Node>of() : list.items()) {
            Map<String, String> fields = new LinkedHashMap<>();
            for (Field field : node.fields()) {
                fields.put(field.name(), field.value().text());
            }
            @Nullable String kind = fields.remove(KeySlot.KIND);
            if (kind == null) {
                throw new IllegalArgumentException(KeySlot.KIND);
            }
            slots.add(new KeySlot(kind, fields));
        }
        return List.copyOf(slots);
    }

    /** Finds the line of each secret; none of them is parsed. */
    private static List<StoreEntry> entries(byte[] bytes, int start) {
        List<StoreEntry> entries = new ArrayList<>();
        String before = "";
        int last = bytes.length - TAIL_LENGTH - END_OF_SECRETS.length();
        int line = start;
        while (line < last) {
            int quote = indexOf('"', bytes, line + 1, last);
            int end = indexOf('\n', bytes, quote, last);
            if (bytes[line] != '"' || end >= last || bytes[quote + 1] != ':') {
                throw new IllegalArgumentException("line");
            }
            int length = end - quote - 2 - (bytes[end - 1] == ',' ? 1 : 0);
            String name = new String(bytes, line + 1, quote - line - 1, StandardCharsets.US_ASCII);
            if (name.compareTo(before) <= 0) {
                throw new IllegalArgumentException("order");
            }
            before = name;
            entries.add(new StoreEntry(name, bytes, quote + 2, length));
            line = end + 1;
        }
        if (!startsAt(bytes, last, END_OF_SECRETS)) {
            throw new IllegalArgumentException("end");
        }
        return entries;
    }

    /** A method of its own, which is compiled after some lines of the file. */
    private static int indexOf(char wanted, byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] != wanted) {
            i++;
        }
        return i;
    }

    /** Tells whether the file is exactly what was written with a data key. */
    boolean isSignedWith(DataKey key) {
        byte[] mac = ascii(Base64.getEncoder().encodeToString(key.fileMac(bytes, bytes.length - TAIL_LENGTH)));
        int offset = bytes.length - TAIL_LENGTH + MAC.length();
        return MessageDigest.isEqual(mac, Arrays.copyOfRange(bytes, offset, offset + MAC_LENGTH));
    }

    byte[] bytes() {
        return bytes;
    }

    String id() {
        return id;
    }

    long generation() {
        return generation;
    }

    List<KeySlot> slots() {
        return slots;
    }

    @Nullable
    KeySlot slot(String kind) {
        for (KeySlot slot : slots) {
            if (slot.kind().equals(kind)) {
                return slot;
            }
        }
        return null;
    }

    /** Returns the secrets, and the marks of deleted ones, sorted by name. */
    List<StoreEntry> entries() {
        return entries;
    }

    @Nullable
    StoreEntry entry(String name) {
        // They are sorted in the file, and a sorted map of them is another 5 % of the time of a process that asks for
        // ten.
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int middle = (low + high) / 2;
            StoreEntry entry = entries.get(middle);
            int order = entry.name().compareTo(name);
            if (order == 0) {
                return entry;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }
}
