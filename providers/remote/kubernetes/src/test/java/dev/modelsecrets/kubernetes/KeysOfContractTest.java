package dev.modelsecrets.kubernetes;

import java.nio.file.Path;

class KeysOfContractTest extends KeysOfContract {

    @Override
    Backend newBackend(Path directory) throws Exception {
        return new MockBackend(directory);
    }
}
