package dev.modelsecrets.store;

import dev.modelsecrets.store.functional.InMemorySecretStore;
import java.time.Clock;

class SecretStoreTest extends SecretStoreContract {

    @Override
    protected SecretStore newStore(Clock clock) {
        return new InMemorySecretStore(clock);
    }
}
