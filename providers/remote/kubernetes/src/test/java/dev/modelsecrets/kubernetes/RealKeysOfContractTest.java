package dev.modelsecrets.kubernetes;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "it.kubernetes", matches = ".+")
class RealKeysOfContractTest extends KeysOfContract {

    @Override
    Backend newBackend(Path directory) throws Exception {
        return new RealBackend(directory);
    }
}
