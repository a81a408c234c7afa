package dev.modelsecrets.kubernetes;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.testing.SecretProviderContract;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What every provider must do, with one Secret whose keys are the names. */
abstract class KeysOfContract implements SecretProviderContract {

    private static final String SECRET = "model-secrets";

    @TempDir
    private Path directory;

    private Backend backend;

    abstract Backend newBackend(Path directory) throws Exception;

    @BeforeEach
    void openBackend() throws Exception {
        backend = newBackend(directory);
        backend.grant(Set.of(SECRET));
    }

    @AfterEach
    void closeBackend() throws Exception {
        backend.close();
    }

    @Override
    public void store(Map<String, String> values) throws Exception {
        backend.replaceAll(Map.of(SECRET, values));
    }

    @Override
    public SecretProvider provider() throws Exception {
        return KubernetesSecretProvider.builder()
                .kubeconfig(backend.kubeconfig())
                .keysOf(SECRET)
                .deadline(SecretPerNameContract.PATIENCE)
                .build();
    }

    @Override
    public void breakBackend() throws Exception {
        backend.breakDown(Set.of(SECRET));
    }

    @Override
    public Set<Limit> limits() {
        // A Secret is refused as a whole.
        return EnumSet.of(Limit.NEVER_DENIES);
    }

    @Override
    public int largestValue() {
        return (1 << 20) - 1024;
    }

    @Override
    public OptionalLong roundTrips() {
        return backend.requests();
    }
}
