package dev.modelsecrets.testing.contract;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.testing.SecretProviderContract;
import java.util.Map;
import java.util.OptionalLong;

class TeamStoreSecretProviderTest implements SecretProviderContract {

    private final TeamStore server = new TeamStore();

    @Override
    public void store(Map<String, String> values) {
        server.replaceAll(values);
    }

    @Override
    public SecretProvider provider() {
        return new TeamStoreSecretProvider(server);
    }

    @Override
    public void breakBackend() {
        server.stop();
    }

    @Override
    public void deny(String name) {
        server.deny(name);
    }

    @Override
    public OptionalLong roundTrips() {
        return OptionalLong.of(server.requests());
    }
}
