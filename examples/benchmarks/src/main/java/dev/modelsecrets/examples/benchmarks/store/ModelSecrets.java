package dev.modelsecrets.examples.benchmarks.store;

import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoreKeyFile;
import dev.modelsecrets.store.StoreSecretProvider;
import dev.modelsecrets.store.StoredSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The store of this library. */
public final class ModelSecrets implements Contender {

    private final EncryptedSecretStore store;
    private final SecretsResolver resolver;

    private ModelSecrets(EncryptedSecretStore store) {
        this.store = store;
        this.resolver = SecretsResolver.of(StoreSecretProvider.of(store));
    }

    /** Makes or opens a store. */
    public static Contender open(Path directory) {
        return new ModelSecrets(store(directory));
    }

    static EncryptedSecretStore store(Path directory) {
        Path key = directory.resolve("key");
        Path file = directory.resolve("secrets.json");
        return Files.exists(file)
                ? EncryptedSecretStore.open(file, StoreKeyFile.at(key))
                : EncryptedSecretStore.create(file, StoreKeyFile.create(key));
    }

    @Override
    public void createAll(Map<String, String> secrets) {
        List<StoredSecret> whole = new ArrayList<>(secrets.size());
        secrets.forEach((name, value) ->
                whole.add(StoredSecret.builder(name).value("value", value).build()));
        store.createAll(whole);
    }

    @Override
    public void create(String name, String value) {
        store.put(name, value);
    }

    @Override
    public Map<String, String> resolve(List<String> names) {
        return resolver.resolve(names.toArray(new String[0]));
    }

    @Override
    public void close() {
        store.close();
    }
}
