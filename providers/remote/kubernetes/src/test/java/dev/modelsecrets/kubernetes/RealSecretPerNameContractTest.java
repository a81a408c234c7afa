package dev.modelsecrets.kubernetes;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "it.kubernetes", matches = ".+")
class RealSecretPerNameContractTest extends SecretPerNameContract {

    @Override
    Backend newBackend(Path directory) throws Exception {
        return new RealBackend(directory);
    }
}
