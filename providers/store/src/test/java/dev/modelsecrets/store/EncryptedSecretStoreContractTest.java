package dev.modelsecrets.store;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class EncryptedSecretStoreContractTest extends SecretStoreContract {

    @TempDir
    private Path directory;

    @Override
    protected SecretStore newStore(Clock clock) {
        return EncryptedSecretStore.builder(Fixtures.file(directory), Fixtures.key(directory))
                .clock(clock)
                .create();
    }
}
