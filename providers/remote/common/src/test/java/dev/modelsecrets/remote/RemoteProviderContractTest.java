package dev.modelsecrets.remote;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.testing.SecretProviderContract;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The contract of all providers, over one that is built on the base, in both layouts. */
class RemoteProviderContractTest {

    @Nested
    class SecretPerName implements SecretProviderContract {

        private final FakeService service = new FakeService(1_000);

        @Override
        public void store(Map<String, String> values) {
            service.secrets.clear();
            values.forEach((name, value) -> service.with(name, Answer.text(value)));
        }

        @Override
        public SecretProvider provider() {
            return FakeSecretProvider.of(service).build();
        }

        @Override
        public void breakBackend() {
            service.broken = true;
        }

        @Override
        public void deny(String name) {
            service.with(name, Answer.denied("Fake refuses to read " + name));
        }

        @Override
        public OptionalLong roundTrips() {
            return OptionalLong.of(service.calls.size());
        }
    }

    @Nested
    class KeysOf implements SecretProviderContract {

        private final FakeService service = new FakeService();

        @Override
        public void store(Map<String, String> values) {
            service.with("all", Answer.document(values));
        }

        @Override
        public SecretProvider provider() {
            return FakeSecretProvider.of(service).keysOf("all").build();
        }

        @Override
        public void breakBackend() {
            service.broken = true;
        }

        @Override
        public Set<Limit> limits() {
            return Set.of(Limit.NEVER_DENIES);
        }

        @Override
        public OptionalLong roundTrips() {
            return OptionalLong.of(service.calls.size());
        }
    }
}
