package dev.modelsecrets.testing.contract;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.standard.MountedSecretProvider;
import dev.modelsecrets.testing.SecretProviderContract;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class MountedSecretProviderContractTest implements SecretProviderContract {

    @TempDir
    Path temporary;

    private Path mount() {
        return temporary.resolve("secrets");
    }

    @Override
    public void store(Map<String, String> values) throws IOException {
        Files.createDirectories(mount());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(mount())) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, String> value : values.entrySet()) {
            Files.writeString(mount().resolve(value.getKey()), value.getValue());
        }
    }

    @Override
    public SecretProvider provider() {
        return MountedSecretProvider.at(mount());
    }

    @Override
    public void breakBackend() throws IOException {
        Files.write(mount().resolve("api_key"), new byte[] {'v', 'a', 'l', (byte) 0xFF});
    }

    @Override
    public Set<Limit> limits() {
        // A file that may not be read is a failure: it says nothing about who may have the secret.
        return Set.of(Limit.NEVER_DENIES);
    }
}
