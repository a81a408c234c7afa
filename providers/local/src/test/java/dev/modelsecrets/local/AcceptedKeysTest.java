package dev.modelsecrets.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;
import java.util.Map;
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
    void accepts_emptyDefault_nothing() {
        SecretDeclarations optional =
                SecretDeclarations.builder().withDefault("inbound", "").build();
        SecretProvider empty = SecretProvider.of("test", Map.of());
        try (RefreshingSecrets secrets = SecretsResolver.of(empty).refreshing(optional, Duration.ZERO);
                AcceptedKeys keys = AcceptedKeys.of(secrets, "inbound", Duration.ofMinutes(10))) {
            assertThat(keys.accepts("")).isFalse();
            assertThat(keys.accepts(" ")).isFalse();
        }
    }

    @Test
    void accepts_graceForEver_everyValueThatWas() {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
        try (RefreshingSecrets secrets = secrets();
                AcceptedKeys keys = AcceptedKeys.of(secrets, "inbound", forEver, clock::get)) {
            rotate(secrets, "key-two");
            clock.addAndGet(Duration.ofDays(36_500).toNanos());

            assertThat(keys.accepts("key-one")).isTrue();
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
