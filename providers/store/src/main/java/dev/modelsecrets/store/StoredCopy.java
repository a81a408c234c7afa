package dev.modelsecrets.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A secret of one store on its way into another; prints no value. */
final class StoredCopy {

    private final SecretMetadata metadata;
    private final transient Map<String, String> values;

    StoredCopy(SecretMetadata metadata, Map<String, String> values) {
        this.metadata = metadata;
        this.values = Map.copyOf(values);
    }

    static List<StoredCopy> of(SecretStore.Transaction transaction) {
        List<StoredCopy> copies = new ArrayList<>();
        for (String name : transaction.names()) {
            SecretMetadata metadata = transaction.metadata(name).orElseThrow();
            Map<String, String> values = new TreeMap<>();
            metadata.keys().forEach(key -> values.put(key, transaction.value(name, key)));
            copies.add(new StoredCopy(metadata, values));
        }
        return copies;
    }

    String name() {
        return metadata.name();
    }

    void addTo(SecretStore.Transaction transaction) {
        transaction.begin(AuditEvent.of("import", metadata.name(), Set.copyOf(metadata.keys())));
        if (transaction.metadata(metadata.name()).isPresent()) {
            throw new SecretExistsException(metadata.name());
        }
        long version = Math.max(metadata.version(), transaction.nextVersion(metadata.name()));
        transaction.save(metadata.toBuilder().version(version).build(), values);
    }

    /** Returns the secret's name. */
    @Override
    public String toString() {
        return "StoredCopy[" + metadata.name() + "]";
    }
}
