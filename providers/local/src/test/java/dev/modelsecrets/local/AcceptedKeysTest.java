package dev.modelsecrets.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AcceptedKeysTest {

    private final AtomicReference<String> value = new AtomicReference<>("key-one");
    private final AtomicLong clock = new AtomicLong();

    private RefreshingSecrets secrets() {
        SecretProvider provider = SecretProvider.of("test", name -> Lookup.found(value.get(), name));
        return SecretsResolver.of(provider).refreshing(Duration.ofDays(1), "inbound");
    }

    private void rotate(RefreshingSecrets secrets, String next) {
        value.set(next);
        secrets.refresh();
    }

    @Test
    void accepts_rotatedValue_untilTheGracePeriodIsOver() {
        try (RefreshingSecrets secrets = secrets();
                AcceptedKeys keys = AcceptedKeys.of(secrets, "inbound", Duration.ofMinutes(10), clock::get)) {
            assertThat(keys.accepts("key-one")).isTrue();
            assertThat(keys.accepts("key-two")).isFalse();

            rotate(secrets, "key-two");
            assertThat(keys.accepts("key-one")).isTrue();
            assertThat(keys.accepts("key-two")).isTrue();

            clock.addAndGet(Duration.ofMinutes(6).toNanos());
            rotate(secrets, "key-three");
            assertThat(keys.accepts("key-one")).isTrue();
            assertThat(keys.accepts("key-two")).isTrue();

            clock.addAndGet(Duration.ofMinutes(5).toNanos());
            assertThat(keys.accepts("key-one")).isFalse();
            assertThat(keys.accepts("key-two")).isTrue();

            clock.addAndGet(Duration.ofMinutes(5).toNanos());
            assertThat(keys.accepts("key-two")).isFalse();
            assertThat(keys.accepts("key-three")).isTrue();
            assertThat(keys).hasToString("AcceptedKeys[inbound]");
        }
    }

    @Test
    void accepts_noGrace_onlyThePresentValue() {
        try (RefreshingSecrets secrets = secrets();
                AcceptedKeys keys = AcceptedKeys.of(secrets, "inbound", Duration.ZERO, clock::get)) {
            rotate(secrets, "key-two");

            assertThat(keys.accepts("key-one")).isFalse();
            assertThat(keys.accepts("key-two")).isTrue();
        }
    }

    @Test
    void of_undeclaredNameOrNegativeTime_refused() {
        try (RefreshingSecrets secrets = secrets()) {
            assertThatThrownBy(() -> AcceptedKeys.of(secrets, "other", Duration.ZERO))
                    .isInstanceOf(MissingSecretsException.class);
            assertThatThrownBy(() -> AcceptedKeys.of(secrets, "inbound", Duration.ofSeconds(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
