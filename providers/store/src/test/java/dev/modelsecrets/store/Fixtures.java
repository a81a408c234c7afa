package dev.modelsecrets.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

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

    /** The key file of a directory: it opens a store without the time that a password takes. */
    public static StoreKeyFile key(Path directory) {
        Path file = directory.resolve("store.key");
        return Files.exists(file) ? StoreKeyFile.at(file) : StoreKeyFile.create(file);
    }

    public static Path file(Path directory) {
        return directory.resolve("secrets.json");
    }

    public static EncryptedSecretStore create(Path directory) {
        return EncryptedSecretStore.create(file(directory), key(directory));
    }

    public static EncryptedSecretStore open(Path directory) {
        return EncryptedSecretStore.open(file(directory), key(directory));
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
                .find(Set.of(key))
                .get(key)
                .value();
    }
}
