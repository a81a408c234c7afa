package dev.modelsecrets.kubernetes;

import java.nio.file.Path;

class SecretPerNameContractTest extends SecretPerNameContract {

    @Override
    Backend newBackend(Path directory) throws Exception {
        return new MockBackend(directory);
    }
}
