/**
 * Secrets from the KV engine of HashiCorp Vault, and the leases of its dynamic engines.
 *
 * <p>Start at {@link dev.modelsecrets.vault.VaultSecretProvider}.
 */
module dev.modelsecrets.vault {
    requires transitive dev.modelsecrets.core;
    requires transitive dev.modelsecrets.remote;
    requires dev.modelsecrets.standard;
    requires java.net.http;
    requires static org.jspecify;

    exports dev.modelsecrets.vault;
}
