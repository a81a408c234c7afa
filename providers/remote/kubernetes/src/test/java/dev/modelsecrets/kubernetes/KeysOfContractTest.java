package dev.modelsecrets.kubernetes;

import java.nio.file.Path;

class KeysOfContractTest extends KeysOfContract {

    @Override
    Backend newBackend(Path directory) {
        return new MockBackend(directory);
    }
}
