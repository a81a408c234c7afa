package dev.modelsecrets.kubernetes;

import dev.modelsecrets.store.SecretStore;
import dev.modelsecrets.store.SecretStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What every kind of store does, in a namespace of the mock server. */
class KubernetesSecretStoreContractTest extends SecretStoreContract {

    @TempDir
    private Path directory;

    private MockBackend backend;

    @Override
    protected SecretStore newStore(Clock clock) throws Exception {
        backend = new MockBackend(directory);
        return KubernetesSecretStore.builder()
                .client(backend.client())
                .namespace(backend.namespace())
                .clock(clock)
                .build();
    }

    @AfterEach
    void stop() {
        backend.close();
    }
}
