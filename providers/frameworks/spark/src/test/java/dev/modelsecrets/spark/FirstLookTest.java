package dev.modelsecrets.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FirstLookTest {

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void run_sourceThatFailsTwice_isTriedAgain() {
        String found = new FirstLook(Duration.ofMinutes(5)).run(() -> {
            if (looks.incrementAndGet() < 3) {
                throw new SecretProviderException("team store", "is down");
            }
            return "secrets";
        });

        assertThat(found).isEqualTo("secrets");
        assertThat(looks).hasValue(3);
    }

    @Test
    void run_noTimeLeft_throwsWhatTheSourceSaid() {
        assertThatExceptionOfType(SecretProviderException.class)
                .isThrownBy(() -> new FirstLook(Duration.ZERO).run(() -> {
                    looks.incrementAndGet();
                    throw new SecretProviderException("team store", "is down");
                }))
                .withMessage("team store: is down");
        assertThat(looks).hasValue(1);
    }

    @Test
    void run_missingSecret_isNotTriedAgain() {
        SecretsResolver resolver = SecretsResolver.of(SecretProvider.of("team store", Map.of()));

        assertThatExceptionOfType(MissingSecretsException.class)
                .isThrownBy(() -> new FirstLook(Duration.ofMinutes(5)).run(() -> {
                    looks.incrementAndGet();
                    return resolver.resolve("token");
                }));
        assertThat(looks).hasValue(1);
    }
}
