package dev.modelsecrets.kubernetes;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Subscription;
import dev.modelsecrets.testing.SecretProviderContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What every provider must do, with one Secret for each name, through a client that the provider makes. */
abstract class SecretPerNameContract implements SecretProviderContract {

    /** Long enough for a server that shares a busy machine with many tests. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private Backend backend;

    abstract Backend newBackend(Path directory) throws Exception;

    @BeforeEach
    void openBackend() throws Exception {
        backend = newBackend(directory);
    }

    @AfterEach
    void closeBackend() throws Exception {
        backend.close();
    }

    @Override
    public void store(Map<String, String> values) throws Exception {
        Map<String, Map<String, String>> secrets = new TreeMap<>();
        values.forEach((name, value) -> secrets.put(KubernetesNames.map(name), Map.of("value", value)));
        backend.replaceAll(secrets);
    }

    @Override
    public SecretProvider provider() throws Exception {
        return new Granted(KubernetesSecretProvider.builder()
                .kubeconfig(backend.kubeconfig())
                .deadline(PATIENCE)
                .build());
    }

    @Override
    public void breakBackend() throws Exception {
        backend.breakDown(Set.of("api-key", "other"));
    }

    @Override
    public void deny(String name) throws Exception {
        backend.deny(KubernetesNames.map(name));
    }

    @Override
    public Set<Limit> limits() {
        return EnumSet.of(Limit.PLAIN_NAMES_ONLY);
    }

    @Override
    public int largestValue() {
        // 1 MiB is for all keys of a Secret together.
        return (1 << 20) - 1024;
    }

    /** Names what is asked for in the Role, as people do with what they declare; nothing else may be read. */
    private final class Granted implements SecretProvider, AutoCloseable {

        private final KubernetesSecretProvider provider;

        Granted(KubernetesSecretProvider provider) {
            this.provider = provider;
        }

        @Override
        public String name() {
            return provider.name();
        }

        @Override
        public Map<String, Lookup> find(Set<String> names) {
            grant(names);
            return provider.find(names);
        }

        private void grant(Set<String> names) {
            // An interrupt is for the provider, not for who makes the Role.
            boolean interrupted = Thread.interrupted();
            try {
                backend.grant(names.stream()
                        .map(KubernetesNames::map)
                        .filter(KubernetesNames::isValid)
                        .collect(Collectors.toSet()));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public Subscription watch(Set<String> names, Runnable changed) {
            grant(names);
            return provider.watch(names, changed);
        }

        @Override
        public void close() {
            provider.close();
        }

        @Override
        public String toString() {
            return provider.toString();
        }
    }
}
