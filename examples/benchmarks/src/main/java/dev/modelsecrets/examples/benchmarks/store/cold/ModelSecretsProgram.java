package dev.modelsecrets.examples.benchmarks.store.cold;

import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.examples.benchmarks.startup.Check;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoreKeyFile;
import dev.modelsecrets.store.StoreSecretProvider;
import java.nio.file.Path;
import java.util.Arrays;

/** With the store of this library. */
public final class ModelSecretsProgram {

    private ModelSecretsProgram() {}

    /** Takes the directory and the names. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        EncryptedSecretStore store =
                EncryptedSecretStore.open(directory.resolve("secrets.json"), StoreKeyFile.at(directory.resolve("key")));
        String[] names = Arrays.copyOfRange(arguments, 1, arguments.length);
        Check.print(SecretsResolver.of(StoreSecretProvider.of(store)).resolve(names));
    }
}
