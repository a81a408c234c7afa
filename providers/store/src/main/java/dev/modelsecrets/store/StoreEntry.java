package dev.modelsecrets.store;

import dev.modelsecrets.store.internal.Json.Kind;
import dev.modelsecrets.store.internal.Json.MalformedJsonException;
import dev.modelsecrets.store.internal.Json.Node;
import dev.modelsecrets.store.internal.JsonLine;
import dev.modelsecrets.store.internal.PlainJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The line of one secret in a file: where it stands, and what it says once somebody asks.
 *
 * <p>A deleted secret leaves its version behind, so that a later one of that name does not have it too. Thread-safe.
 */
final class StoreEntry {

    private final String name;
    private final byte[] bytes;
    private final int offset;
    private final int length;
    private volatile @Nullable EntryState state;

    StoreEntry(String name, byte[] bytes, int offset, int length) {
        this.name = name;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    static StoreEntry of(String name, EntryState state, JsonLine writer) {
        byte[] json = state.toJson(writer);
        StoreEntry entry = new StoreEntry(name, json, 0, json.length);
        entry.state = state;
        return entry;
    }

    static StoreEntry deleted(String name, long version) {
        byte[] json = ("{\"deleted\":" + version + "}").getBytes(StandardCharsets.US_ASCII);
        return new StoreEntry(name, json, 0, json.length);
    }

    String name() {
        return name;
    }

    int length() {
        return length;
    }

    /** Copies the line into the bytes of a file. */
    StoreEntry copyTo(byte[] file, int at) {
        System.arraycopy(bytes, offset, file, at, length);
        StoreEntry copy = new StoreEntry(name, file, at, length);
        copy.state = state;
        return copy;
    }

    boolean isDeleted() {
        // No other line has this first field.
        return bytes[offset + 2] == 'd' && bytes[offset + 4] == 'l';
    }

    long deletedVersion() {
        Node deleted = parse().get("deleted");
        if (deleted == null || deleted.kind() != Kind.NUMBER) {
            throw damaged();
        }
        return Long.parseLong(deleted.text());
    }

    /** Parses the line, at most once for most callers. */
    EntryState state() {
        EntryState known = state;
        if (known == null) {
            try {
                known = EntryState.parse(name, parse());
            } catch (IllegalArgumentException e) {
                throw damaged();
            }
            state = known;
        }
        return known;
    }

    private Node parse() {
        try {
            return PlainJson.parse(new String(bytes, offset, length, StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw damaged();
        }
    }

    /** The checksum fits, so that only a program with the key can have written this. */
    private DamagedStoreException damaged() {
        return new DamagedStoreException(
                "the line of the secret " + name + " in the store cannot be understood; another program wrote it");
    }

    /** Returns the secret's name. */
    @Override
    public String toString() {
        return "StoreEntry[" + name + "]";
    }
}
