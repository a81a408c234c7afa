package dev.modelsecrets.testing.contract;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.standard.LocalConfigSecretProvider;
import dev.modelsecrets.testing.Faults;
import dev.modelsecrets.testing.RotatingSecrets;
import dev.modelsecrets.testing.SecretProviderContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The providers that core makes, and those of this module. */
class CoreProvidersContractTest {

    @Nested
    class OfMap implements SecretProviderContract {

        private Map<String, String> values = Map.of();

        @Override
        public void store(Map<String, String> values) {
            this.values = values;
        }

        @Override
        public SecretProvider provider() {
            return SecretProvider.of("given", values);
        }

        @Override
        public Set<Limit> limits() {
            return Set.of(Limit.NEVER_FAILS, Limit.NEVER_DENIES);
        }
    }

    @Nested
    class OfFunction implements SecretProviderContract {

        private volatile Map<String, String> values = Map.of();

        @Override
        public void store(Map<String, String> values) {
            this.values = values;
        }

        @Override
        public SecretProvider provider() {
            return SecretProvider.of("function", name -> {
                String value = values.get(name);
                return value == null ? Lookup.absent("is not in the map") : Lookup.found(value, "the map");
            });
        }

        @Override
        public Set<Limit> limits() {
            return Set.of(Limit.NEVER_FAILS, Limit.NEVER_DENIES);
        }
    }

    @Nested
    class Optional extends OnLocalConfig {

        @Override
        public SecretProvider provider() {
            return SecretProvider.optional(super.provider());
        }

        @Override
        public Set<Limit> limits() {
            return Set.of(Limit.NEVER_FAILS, Limit.NEVER_DENIES);
        }
    }

    @Nested
    class Cached extends OnLocalConfig {

        @Override
        public SecretProvider provider() {
            return SecretProvider.cached(super.provider(), Duration.ofHours(1), Duration.ofHours(1));
        }
    }

    /** What wraps another provider wraps one whose looks are counted. */
    abstract static class OnLocalConfig implements SecretProviderContract {

        @TempDir
        Path home;

        private int earlier;
        private Faults.Counted counted = Faults.counted(SecretProvider.of("none", Map.of()));

        @Override
        public void store(Map<String, String> values) throws IOException {
            Documents.writeYaml(home.resolve("config.yaml"), values);
        }

        @Override
        public SecretProvider provider() {
            earlier += counted.calls();
            counted = Faults.counted(LocalConfigSecretProvider.at(home.resolve("config.yaml")));
            return counted;
        }

        @Override
        public void breakBackend() throws IOException {
            Documents.write(home.resolve("config.yaml"), "secrets:\n  api_key: *value-of-api-key\n");
        }

        @Override
        public OptionalLong roundTrips() {
            return OptionalLong.of(earlier + counted.calls());
        }

        @Override
        public Set<Limit> limits() {
            return Set.of(Limit.NEVER_DENIES);
        }
    }

    @Nested
    class Fixtures implements SecretProviderContract {

        private final RotatingSecrets rotating = RotatingSecrets.of(Map.of());
        private Set<String> stored = Set.of();

        @Override
        public void store(Map<String, String> values) {
            stored.forEach(rotating::remove);
            rotating.rotate(values);
            stored = values.keySet();
        }

        @Override
        public SecretProvider provider() {
            return rotating.provider();
        }

        @Override
        public void breakBackend() {
            rotating.fail();
        }

        @Override
        public void deny(String name) {
            rotating.deny(name);
        }

        @AfterEach
        void close() {
            rotating.close();
        }
    }
}
