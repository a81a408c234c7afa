package dev.modelsecrets.testing.contract;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import dev.modelsecrets.testing.SecretProviderContract;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

class EnvironmentSecretProviderContractTest implements SecretProviderContract {

    private final Map<String, String> environment = new HashMap<>();

    @Override
    public void store(Map<String, String> values) {
        environment.clear();
        values.forEach((name, value) -> environment.put("TRUSS_SECRET_" + name, value));
    }

    @Override
    public SecretProvider provider() {
        return EnvironmentSecretProvider.of(environment);
    }

    @Override
    public Set<Limit> limits() {
        return Set.of(Limit.NEVER_FAILS, Limit.NEVER_DENIES);
    }
}
