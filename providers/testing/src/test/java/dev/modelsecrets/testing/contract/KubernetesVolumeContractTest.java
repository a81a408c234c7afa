package dev.modelsecrets.testing.contract;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.standard.MountedSecretProvider;
import dev.modelsecrets.testing.KubernetesVolume;
import dev.modelsecrets.testing.SecretProviderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

class KubernetesVolumeContractTest implements SecretProviderContract {

    private final KubernetesVolume volume = KubernetesVolume.create();

    @AfterEach
    void close() {
        volume.close();
    }

    @Override
    public void store(Map<String, String> values) {
        volume.publish(values);
    }

    @Override
    public SecretProvider provider() {
        return MountedSecretProvider.at(volume.directory());
    }

    @Override
    public void breakBackend() throws IOException {
        Files.delete(volume.directory().resolve("api_key"));
        Files.createSymbolicLink(volume.directory().resolve("api_key"), Path.of("/etc/hostname"));
    }

    @Override
    public Set<Limit> limits() {
        return Set.of(Limit.NEVER_DENIES);
    }
}
