package dev.modelsecrets.store;

import java.nio.file.Path;
import java.util.Map;

/** What several tests need: a store in a directory of their own, and values that are plainly fake. */
public final class Fixtures {

    public static final String PASSWORD = "test-password-of-a-store";

    private Fixtures() {}

    public static StorePassword password() {
        return StorePassword.fromEnvironment("STORE_PASSWORD", Map.of("STORE_PASSWORD", PASSWORD));
    }

    public static StorePassword password(String password) {
        return StorePassword.fromEnvironment("STORE_PASSWORD", Map.of("STORE_PASSWORD", password));
    }

    public static EncryptedSecretStore create(Path directory) {
        return EncryptedSecretStore.create(directory.resolve("secrets.p12"), password());
    }

    public static EncryptedSecretStore open(Path directory) {
        return EncryptedSecretStore.open(directory.resolve("secrets.p12"), password());
    }

    public static StoredSecret secret(String name, String key, String value) {
        return StoredSecret.builder(name).value(key, value).build();
    }

    public static StoredSecret change(String name, String key, String value) {
        return StoredSecret.changesTo(name).value(key, value).build();
    }

    public static StoredSecret registry(String name, String server, String password) {
        return StoredSecret.builder(name)
                .type(SecretType.CONTAINER_REGISTRY)
                .value("registry_server", server)
                .value("username", "test-user")
                .value("password", password)
                .value("email", "test@example.com")
                .build();
    }

    /** Reads a value the way a model does. */
    public static String value(SecretStore store, String secret, String key) {
        return StoreSecretProvider.ofSecret(store, secret)
                .find(java.util.Set.of(key))
                .get(key)
                .value();
    }
}
