package dev.modelsecrets.vault;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same against a real Vault: {@code -Dit.vault=<url> -Dit.vault.token=<root token>}. */
@EnabledIfSystemProperty(named = "it.vault", matches = ".+")
class VaultRealServerTest {

    @Nested
    class SecretPerName extends VaultContract.OnServer {
        SecretPerName() {
            super(false);
        }
    }

    @Nested
    class KeysOf extends VaultContract.OnServer {
        KeysOf() {
            super(true);
        }
    }

    @Nested
    class Answers extends VaultAnswers {

        @Override
        VaultAdmin connect() {
            return new VaultAdmin(System.getProperty("it.vault"), rootToken());
        }

        @Override
        String rootToken() {
            return System.getProperty("it.vault.token");
        }
    }
}
