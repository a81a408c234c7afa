package dev.modelsecrets.spark;

import dev.modelsecrets.DelegatingSecretProvider;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoreKeyFile;
import dev.modelsecrets.store.StoreSecretProvider;
import java.nio.file.Path;

/** The encrypted store with a key file. Touched only where settings name it: its module is optional. */
final class StoreSource extends DelegatingSecretProvider {

    private final EncryptedSecretStore store;

    private StoreSource(EncryptedSecretStore store) {
        super(StoreSecretProvider.of(store));
        this.store = store;
    }

    static SecretProvider open(Settings settings) {
        Path file = path(settings, "store.file");
        Path keyFile = path(settings, "store.keyFile");
        return new StoreSource(EncryptedSecretStore.open(file, StoreKeyFile.at(keyFile)));
    }

    private static Path path(Settings settings, String key) {
        return Path.of(settings.get(key)
                .orElseThrow(() ->
                        new IllegalArgumentException("The source store needs the property " + Settings.PREFIX + key)));
    }

    @Override
    public void close() {
        super.close();
        store.close();
    }
}
