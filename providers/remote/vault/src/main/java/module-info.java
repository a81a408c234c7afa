/**
 * Secrets from the KV engine of HashiCorp Vault.
 *
 * <p>Start at {@link dev.modelsecrets.vault.VaultSecretProvider}.
 */
module dev.modelsecrets.vault {
    requires transitive dev.modelsecrets.core;
    requires transitive vault.java.driver;
    requires dev.modelsecrets.remote;
    requires java.net.http;
    requires static org.jspecify;

    exports dev.modelsecrets.vault;
}
