package dev.modelsecrets.testing.contract;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.standard.LocalConfigSecretProvider;
import dev.modelsecrets.testing.SecretProviderContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class LocalConfigSecretProviderContractTest implements SecretProviderContract {

    @TempDir
    Path home;

    @Override
    public void store(Map<String, String> values) throws IOException {
        Documents.writeYaml(home.resolve("config.yaml"), values);
    }

    @Override
    public SecretProvider provider() {
        return LocalConfigSecretProvider.at(home.resolve("config.yaml"));
    }

    @Override
    public void breakBackend() throws IOException {
        Documents.write(
                home.resolve("config.yaml"), "secrets:\n  api_key: \"value-of-api-key\n  other: value-of-the-other\n");
    }

    @Override
    public Set<Limit> limits() {
        return Set.of(Limit.NEVER_DENIES);
    }
}
