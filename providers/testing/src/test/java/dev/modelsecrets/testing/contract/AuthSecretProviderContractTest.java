package dev.modelsecrets.testing.contract;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.standard.AuthSecretProvider;
import dev.modelsecrets.testing.SecretProviderContract;
import java.util.Map;
import java.util.Set;

class AuthSecretProviderContractTest implements SecretProviderContract {

    private String document = "{}";

    @Override
    public void store(Map<String, String> values) {
        document = Documents.json(values);
    }

    @Override
    public SecretProvider provider() {
        return AuthSecretProvider.of(Map.of("AUTH_SECRET", document));
    }

    @Override
    public void breakBackend() {
        document = "{\"api_key\": value-of-api-key, \"other\": \"value-of-the-other\"}";
    }

    @Override
    public Set<Limit> limits() {
        return Set.of(Limit.NEVER_DENIES);
    }
}
