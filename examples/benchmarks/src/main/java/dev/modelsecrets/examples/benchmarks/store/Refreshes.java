package dev.modelsecrets.examples.benchmarks.store;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoreSecretProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A refresh of 100 names from a store that has not changed. Used by one thread. */
final class Refreshes implements AutoCloseable {

    private static final int NAMES = 100;
    private static final int TIMES = 500;

    final Samples samples = new Samples();
    private final EncryptedSecretStore store;
    private final RefreshingSecrets refreshing;

    Refreshes(Path directory, int count) throws IOException {
        Path place = Files.createTempDirectory(directory, "refresh");
        Map<String, String> secrets = Fixture.secrets(count);
        try (Contender contender = ModelSecrets.open(place)) {
            contender.createAll(secrets);
        }
        store = ModelSecrets.store(place);
        String[] names = Fixture.some(secrets, NAMES).toArray(new String[0]);
        refreshing = SecretsResolver.of(StoreSecretProvider.of(store)).refreshing(Duration.ZERO, names);
    }

    void round() {
        samples.time(TIMES, refreshing::refresh);
    }

    @Override
    public void close() {
        refreshing.close();
        store.close();
    }
}
