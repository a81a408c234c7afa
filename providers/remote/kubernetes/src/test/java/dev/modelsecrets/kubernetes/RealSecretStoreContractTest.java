package dev.modelsecrets.kubernetes;

import dev.modelsecrets.store.SecretStore;
import dev.modelsecrets.store.SecretStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What every kind of store does, on a real server, with no more rights than a store needs. */
@EnabledIfSystemProperty(named = "it.kubernetes", matches = ".+")
class RealSecretStoreContractTest extends SecretStoreContract {

    @TempDir
    private Path directory;

    private RealBackend backend;
    private KubernetesSecretStore store;

    @Override
    protected SecretStore newStore(Clock clock) throws Exception {
        backend = new RealBackend(directory);
        backend.grantManaging();
        store = KubernetesSecretStore.builder()
                .kubeconfig(backend.kubeconfig())
                .clock(clock)
                .build();
        return store;
    }

    @AfterEach
    void stop() {
        store.close();
        backend.close();
    }
}
