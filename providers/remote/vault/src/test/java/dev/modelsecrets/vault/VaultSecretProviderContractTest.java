package dev.modelsecrets.vault;

import org.junit.jupiter.api.Nested;

/** Both layouts, against a Vault on loopback. */
class VaultSecretProviderContractTest {

    @Nested
    class SecretPerName extends VaultContract.OnLoopback {
        SecretPerName() {
            super(false);
        }
    }

    @Nested
    class KeysOf extends VaultContract.OnLoopback {
        KeysOf() {
            super(true);
        }
    }
}
