/**
 * Manages secrets: create, update, delete, attach; an encrypted store in one file, and a provider over a store.
 *
 * <p>Start at {@link dev.modelsecrets.store.EncryptedSecretStore}.
 */
module dev.modelsecrets.store {
    requires transitive dev.modelsecrets.core;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.modelsecrets.store;
}
