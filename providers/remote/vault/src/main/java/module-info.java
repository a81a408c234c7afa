/**
 * Secrets from the KV engine of HashiCorp Vault, the leases of its dynamic engines, and a key of its transit engine for
 * a store.
 *
 * <p>Start at {@link dev.modelsecrets.vault.VaultSecretProvider}.
 */
module dev.modelsecrets.vault {
    requires transitive dev.modelsecrets.core;
    requires transitive dev.modelsecrets.remote;
    requires dev.modelsecrets.standard;
    requires java.net.http;
    requires static dev.modelsecrets.store;
    requires static org.jspecify;

    exports dev.modelsecrets.vault;
}
