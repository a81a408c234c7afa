package dev.modelsecrets.store.functional;

import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.SecretStore;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Another kind of store, in another package, from what {@link SecretStore} offers to those that extend it. */
public final class InMemorySecretStore extends SecretStore {

    private Map<String, SecretMetadata> secrets = new TreeMap<>();
    private Map<String, String> values = new HashMap<>();
    private long lastVersion;

    public InMemorySecretStore(Clock clock) {
        super("default", "/secrets", clock);
    }

    @Override
    public String location() {
        return "store in memory";
    }

    @Override
    protected synchronized <T> T read(Function<? super Transaction, ? extends T> work) {
        return work.apply(new Copy());
    }

    @Override
    protected synchronized <T> T write(Function<? super Transaction, ? extends T> work) {
        Copy copy = new Copy();
        T result = work.apply(copy);
        secrets = copy.secrets;
        values = copy.values;
        return result;
    }

    private final class Copy extends Transaction {

        private final Map<String, SecretMetadata> secrets = new TreeMap<>(InMemorySecretStore.this.secrets);
        private final Map<String, String> values = new HashMap<>(InMemorySecretStore.this.values);

        @Override
        protected SortedSet<String> names() {
            return Collections.unmodifiableSortedSet(new TreeSet<>(secrets.keySet()));
        }

        @Override
        protected Optional<SecretMetadata> metadata(String name) {
            return Optional.ofNullable(secrets.get(name));
        }

        @Override
        protected String value(String name, String key) {
            return values.get(name + "/" + key);
        }

        @Override
        protected long nextVersion(String name) {
            // Like the resourceVersion of Kubernetes: never used twice, and not counting by one for each secret.
            return ++lastVersion;
        }

        @Override
        protected void save(SecretMetadata secret, Map<String, String> changed) {
            secrets.put(secret.name(), secret);
            values.keySet()
                    .removeIf(id -> id.startsWith(secret.name() + "/")
                            && !secret.keys()
                                    .contains(id.substring(secret.name().length() + 1)));
            changed.forEach((key, value) -> values.put(secret.name() + "/" + key, value));
        }

        @Override
        protected void remove(String name) {
            secrets.remove(name);
            values.keySet().removeIf(id -> id.startsWith(name + "/"));
        }
    }
}
