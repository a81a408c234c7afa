package dev.modelsecrets.store;

import dev.modelsecrets.store.internal.JsonLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The secrets of an encrypted store at one moment, and what is to become of them; used by one thread. */
final class Draft extends SecretStore.Transaction {

    private final String location;
    private final StoreDocument document;
    private final DataKey key;
    private final int kept;
    private @Nullable AesGcm texts;
    private final JsonLine line = new JsonLine();
    private final Map<String, StoreEntry> changes = new LinkedHashMap<>();
    private final List<AuditEvent> events = new ArrayList<>();

    /**
     * Starts with what a file says.
     *
     * @param kept how many earlier states of a secret are kept
     */
    Draft(String location, OpenStore.View view, int kept) {
        this.location = location;
        this.document = view.document();
        this.key = view.key();
        this.kept = kept;
    }

    private @Nullable StoreEntry entry(String name) {
        StoreEntry changed = changes.get(name);
        return changed != null ? changed : document.entry(name);
    }

    private @Nullable EntryState state(String name) {
        StoreEntry entry = entry(name);
        return entry == null || entry.isDeleted() ? null : entry.state();
    }

    private EntryState require(String name) {
        EntryState state = state(name);
        if (state == null) {
            throw new SecretNotFoundException(location + " has no secret " + name);
        }
        return state;
    }

    @Override
    protected SortedSet<String> names() {
        TreeSet<String> names = new TreeSet<>();
        for (StoreEntry entry : document.entries()) {
            if (!entry.isDeleted()) {
                names.add(entry.name());
            }
        }
        changes.forEach((name, entry) -> {
            if (entry.isDeleted()) {
                names.remove(name);
            } else {
                names.add(name);
            }
        });
        return names;
    }

    @Override
    protected Optional<SecretMetadata> metadata(String name) {
        EntryState state = state(name);
        if (state == null) {
            return Optional.empty();
        }
        SecretMetadata metadata = state.metadata();
        return Optional.of(
                state.description().isEmpty()
                        ? metadata
                        : metadata.toBuilder()
                                .description(open(state.description(), name, "", metadata.version()))
                                .build());
    }

    @Override
    protected String value(String name, String key) {
        EntryState state = require(name);
        return value(state, name, key, state.keys());
    }

    @Override
    protected Map<String, String> values(String name, long version) {
        EntryState state = require(name);
        for (EntryState.Earlier earlier : state.history()) {
            if (earlier.version() == version) {
                Map<String, String> values = new TreeMap<>();
                earlier.keys().keySet().forEach(key -> values.put(key, value(state, name, key, earlier.keys())));
                return values;
            }
        }
        return Map.of();
    }

    private String value(EntryState state, String name, String key, Map<String, Long> keys) {
        Long version = keys.get(key);
        if (version == null) {
            throw new SecretNotFoundException("the secret " + name + " of the " + location + " has no key " + key);
        }
        return open(state.sealed(key, version), name, key, version);
    }

    private String open(String sealed, String name, String key, long version) {
        byte[] text = texts().open(sealed, StoreFormat.textContext(name, key, version));
        if (text == null) {
            throw new DamagedStoreException("the " + location + " was altered: "
                    + (key.isEmpty() ? "the description" : "the key " + key) + " of the secret " + name
                    + " cannot be decrypted; put back a copy of the file");
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Encrypts a text that stands for a key of a secret, or for its description if the key is empty. */
    private String seal(String text, String name, String key, long version) {
        return texts().seal(text.getBytes(StandardCharsets.UTF_8), StoreFormat.textContext(name, key, version));
    }

    /** One cipher for all values: one for each makes a process that resolves ten names 2 % slower. */
    private AesGcm texts() {
        AesGcm known = texts;
        if (known == null) {
            known = key.values();
            texts = known;
        }
        return known;
    }

    @Override
    protected long nextVersion(String name) {
        StoreEntry entry = entry(name);
        if (entry == null) {
            return 1;
        }
        return 1
                + (entry.isDeleted()
                        ? entry.deletedVersion()
                        : entry.state().metadata().version());
    }

    @Override
    protected void save(SecretMetadata secret, Map<String, String> values) {
        String name = secret.name();
        Map<String, String> sealed = new TreeMap<>();
        values.forEach((key, value) -> sealed.put(key, seal(value, name, key, secret.version())));
        String description =
                secret.description().isEmpty() ? "" : seal(secret.description(), name, "", secret.version());
        EntryState current = state(name);
        EntryState next = current == null
                ? EntryState.first(secret, description, sealed)
                : current.next(secret, description, sealed, kept);
        changes.put(name, StoreEntry.of(name, next, line));
    }

    @Override
    protected void remove(String name) {
        changes.put(name, StoreEntry.deleted(name, nextVersion(name) - 1));
    }

    @Override
    void begin(AuditEvent event) {
        events.add(event);
    }

    boolean isChanged() {
        return !changes.isEmpty();
    }

    StoreDocument.Content apply(StoreDocument.Content content) {
        List<StoreEntry> entries = new ArrayList<>(content.entries());
        entries.removeIf(entry -> changes.containsKey(entry.name()));
        entries.addAll(changes.values());
        entries.sort(Comparator.comparing(StoreEntry::name));
        return new StoreDocument.Content(content.id(), content.generation(), content.slots(), entries);
    }

    /** Returns what the audit log is to say, with the versions that the secrets have now. */
    List<AuditLog.Line> lines(String principal, String outcome) {
        List<AuditLog.Line> lines = new ArrayList<>();
        for (AuditEvent event : events) {
            StoreEntry entry = event.secret().isEmpty() ? null : entry(event.secret());
            long version = entry == null
                    ? 0
                    : entry.isDeleted()
                            ? entry.deletedVersion()
                            : entry.state().metadata().version();
            lines.add(new AuditLog.Line(event, principal, version, outcome));
        }
        return lines;
    }

    /** Returns no value. */
    @Override
    public String toString() {
        return "Draft[" + location + "]";
    }
}
