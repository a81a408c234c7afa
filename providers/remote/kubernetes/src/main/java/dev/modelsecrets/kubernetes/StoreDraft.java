package dev.modelsecrets.kubernetes;

import dev.modelsecrets.store.InvalidSecretException;
import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.SecretStoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a store at one moment, and what is to become of them; used by one thread.
 *
 * <p>They are written one after the other. Where one is refused, those before are put back.
 */
final class StoreDraft {

    private static final int LARGEST = 1 << 20;

    /** Somebody else came first; nothing is written, and it can be tried again on the state of now. */
    static final class Conflict extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Conflict(String message) {
            super(message, null, false, false);
        }
    }

    /** What a secret is to be: removed if there is no metadata. */
    private static final class Change {

        final @Nullable SecretMetadata metadata;
        final Map<String, String> values;

        Change(@Nullable SecretMetadata metadata, Map<String, String> values) {
            this.metadata = metadata;
            this.values = values;
        }
    }

    private final StoreRequests requests;

    /** The objects that were read so far, by the names of their secrets; empty for a secret that does not exist. */
    private final Map<String, Optional<StoredObject>> objects = new TreeMap<>();

    private boolean listed;
    private final Map<String, Change> changes = new LinkedHashMap<>();

    StoreDraft(StoreRequests requests) {
        this.requests = requests;
    }

    /** Returns an object, which is read alone unless all are known. */
    private Optional<StoredObject> object(String name) {
        if (!listed && !objects.containsKey(name)) {
            objects.put(name, requests.get(StoredObject.nameOf(name)).flatMap(StoredObject::read));
        }
        return objects.getOrDefault(name, Optional.empty());
    }

    private void list() {
        if (!listed) {
            requests.list()
                    .forEach(object -> objects.putIfAbsent(object.metadata().name(), Optional.of(object)));
            listed = true;
        }
    }

    SortedSet<String> names() {
        list();
        SortedSet<String> names = new TreeSet<>();
        objects.forEach((name, object) -> object.ifPresent(present -> names.add(name)));
        changes.forEach((name, change) -> {
            if (change.metadata == null) {
                names.remove(name);
            } else {
                names.add(name);
            }
        });
        return names;
    }

    Optional<SecretMetadata> metadata(String name) {
        Change change = changes.get(name);
        if (change != null) {
            return Optional.ofNullable(change.metadata);
        }
        return object(name).map(StoredObject::metadata);
    }

    String value(String name, String key) {
        Change change = changes.get(name);
        String value = change == null ? null : change.values.get(key);
        return value != null ? value : object(name).orElseThrow().value(key);
    }

    void save(SecretMetadata secret, Map<String, String> values) {
        Change before = changes.get(secret.name());
        Map<String, String> all = new TreeMap<>(before == null ? Map.of() : before.values);
        all.putAll(values);
        all.keySet().retainAll(secret.keys());
        changes.put(secret.name(), new Change(secret, all));
        int size = 0;
        for (String key : secret.keys()) {
            size += value(secret.name(), key).getBytes(StandardCharsets.UTF_8).length;
        }
        if (size > LARGEST) {
            throw new InvalidSecretException(
                    "secret " + secret.name() + " is too large",
                    List.of("Kubernetes allows 1 MiB for all values of a secret together"));
        }
    }

    void remove(String name) {
        changes.put(name, new Change(null, Map.of()));
    }

    /**
     * Writes the changes; what the objects are then is what {@link #metadata} tells.
     *
     * @throws Conflict if an object is not any more what it was when it was read
     */
    void commit() {
        Map<String, BooleanSupplier> undo = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Change> change : List.copyOf(changes.entrySet())) {
                undo.put(change.getKey(), write(change.getKey(), change.getValue()));
                changes.remove(change.getKey());
            }
        } catch (SecretStoreException | Conflict e) {
            undo(undo, e);
            throw e;
        }
    }

    /** Writes one change, and returns how it is undone. */
    private BooleanSupplier write(String name, Change change) {
        StoredObject old = object(name).orElse(null);
        SecretMetadata metadata = change.metadata;
        if (metadata == null) {
            return old == null ? () -> true : delete(old);
        }
        JsonObject json = StoredObject.write(old, metadata, change.values);
        if (old == null) {
            StoredObject created = requests.create(json).orElseThrow(() -> occupied(name));
            objects.put(name, Optional.of(created));
            return () -> requests.delete(created);
        }
        StoredObject updated = requests.update(json).orElseThrow(() -> conflict(name));
        objects.put(name, Optional.of(updated));
        return () -> requests.update(old.withVersionOf(updated)).isPresent();
    }

    private BooleanSupplier delete(StoredObject old) {
        String name = old.metadata().name();
        if (!requests.delete(old)) {
            throw conflict(name);
        }
        objects.put(name, Optional.empty());
        return () -> requests.create(old.anew()).isPresent();
    }

    private static Conflict conflict(String name) {
        return new Conflict("secret " + name + " is being changed by others all the time; try again later");
    }

    /** Says why an object cannot be created: the same secret exists by now, or it is on its way out, or another's. */
    private RuntimeException occupied(String name) {
        String objectName = StoredObject.nameOf(name);
        JsonObject there = requests.get(objectName).orElse(JsonObject.EMPTY);
        if (there == JsonObject.EMPTY || StoredObject.read(there).isPresent()) {
            return conflict(name);
        }
        if (StoredObject.isBeingDeleted(there)) {
            return new SecretStoreException(requests.where(objectName) + " is being deleted, and held by "
                    + String.join(", ", there.list("metadata", "finalizers"))
                    + ": what is written to it now would be lost; try again when it is gone");
        }
        return new SecretStoreException(requests.where(objectName)
                + " exists, but is not the store's: it has no label " + StoredObject.LABEL + ": "
                + StoredObject.MANAGER + ", or another type");
    }

    private static void undo(Map<String, BooleanSupplier> undo, RuntimeException reason) {
        Deque<Map.Entry<String, BooleanSupplier>> latestFirst = new ArrayDeque<>();
        undo.entrySet().forEach(latestFirst::push);
        List<String> left = new ArrayList<>();
        for (Map.Entry<String, BooleanSupplier> entry : latestFirst) {
            try {
                if (!entry.getValue().getAsBoolean()) {
                    left.add(entry.getKey());
                }
            } catch (SecretStoreException e) {
                left.add(entry.getKey());
            }
        }
        if (!left.isEmpty()) {
            throw new SecretStoreException(reason.getMessage() + "; changed all the same, as it could not be undone: "
                    + String.join(", ", left));
        }
    }
}
