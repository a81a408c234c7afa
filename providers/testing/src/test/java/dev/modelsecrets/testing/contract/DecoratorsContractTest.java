package dev.modelsecrets.testing.contract;

import dev.modelsecrets.DelegatingSecretProvider;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.testing.DelegatingSecretProviderContract;
import dev.modelsecrets.testing.Faults;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** Every decorator of core and of this module. */
class DecoratorsContractTest {

    @Nested
    class Delegating implements DelegatingSecretProviderContract {
        @Override
        public SecretProvider decorate(SecretProvider provider) {
            return new DelegatingSecretProvider(provider) {};
        }
    }

    @Nested
    class Optional implements DelegatingSecretProviderContract {
        @Override
        public SecretProvider decorate(SecretProvider provider) {
            return SecretProvider.optional(provider);
        }

        @Override
        public boolean toleratesFailures() {
            return true;
        }
    }

    @Nested
    class Cached implements DelegatingSecretProviderContract {
        @Override
        public SecretProvider decorate(SecretProvider provider) {
            return SecretProvider.cached(provider, Duration.ofHours(1), Duration.ofHours(1));
        }
    }

    @Nested
    class Renaming implements DelegatingSecretProviderContract {
        @Override
        public SecretProvider decorate(SecretProvider provider) {
            return SecretProvider.renaming(provider, Map.of("another", "api_key"));
        }
    }

    @Nested
    class Named implements DelegatingSecretProviderContract {
        @Override
        public SecretProvider decorate(SecretProvider provider) {
            return SecretProvider.named(provider, "another");
        }
    }

    @Nested
    class Only implements DelegatingSecretProviderContract {
        @Override
        public SecretProvider decorate(SecretProvider provider) {
            return SecretProvider.only(provider, Set.of("api_key", "failed", "denied", "absent"));
        }
    }

    @Nested
    class Counted implements DelegatingSecretProviderContract {
        @Override
        public SecretProvider decorate(SecretProvider provider) {
            return Faults.counted(provider);
        }
    }

    @Nested
    class Faulty implements DelegatingSecretProviderContract {
        @Override
        public SecretProvider decorate(SecretProvider provider) {
            return Faults.flapping(provider, 1, 0);
        }
    }
}
