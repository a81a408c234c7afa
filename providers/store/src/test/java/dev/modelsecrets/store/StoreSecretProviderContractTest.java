package dev.modelsecrets.store;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.testing.SecretProviderContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** What every provider must do, for the keys of one secret in an encrypted store. */
class StoreSecretProviderContractTest implements SecretProviderContract {

    private static final String SECRET = "all";

    @TempDir
    private Path directory;

    @Override
    public void store(Map<String, String> values) {
        StoredSecret.Builder secret = StoredSecret.builder(SECRET);
        values.forEach(secret::value);
        SecretStore store = open();
        if (store.list().isEmpty()) {
            store.create(secret.build());
        } else {
            store.replace(secret.build(), store.describe(SECRET).version());
        }
    }

    @Override
    public SecretProvider provider() {
        return StoreSecretProvider.ofSecret(open(), SECRET);
    }

    @Override
    public void breakBackend() throws Exception {
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length / 2));
    }

    @Override
    public Set<Limit> limits() {
        return EnumSet.of(Limit.NEVER_DENIES, Limit.NO_BLANK_VALUES);
    }

    private SecretStore open() {
        return Files.exists(file())
                ? EncryptedSecretStore.open(file(), Fixtures.key(directory))
                : EncryptedSecretStore.create(file(), Fixtures.key(directory));
    }

    private Path file() {
        return Fixtures.file(directory);
    }
}
