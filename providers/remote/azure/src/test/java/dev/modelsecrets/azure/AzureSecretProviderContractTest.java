package dev.modelsecrets.azure;

import java.net.http.HttpClient;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** A vault on loopback. */
class AzureSecretProviderContractTest extends AzureSecretProviderContract {

    private final LoopbackVault vault = new LoopbackVault();

    @AfterEach
    void close() {
        vault.close();
    }

    @Override
    String vaultUrl() {
        return vault.url();
    }

    @Override
    String token() {
        return "test-token-1";
    }

    @Override
    String prefix() {
        return "models-";
    }

    @Override
    HttpClient.Builder http() {
        return LoopbackVault.trusting();
    }

    @Override
    public void deny(String name) {
        vault.deny(remoteName(name));
    }

    @Override
    public Set<Limit> limits() {
        return Set.of(Limit.PLAIN_NAMES_ONLY);
    }
}
