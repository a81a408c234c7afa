package dev.modelsecrets.spring.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.testing.ManualClock;
import dev.modelsecrets.testing.RotatingSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsHealthTest {

    private static final Duration MAXIMUM_AGE = Duration.ofMinutes(10);

    @Test
    void of_freshSecrets_isUp() {
        try (RotatingSecrets rotating = RotatingSecrets.of(Map.of("a", "test-value-a"))) {
            SecretsHealth health = SecretsHealth.of(rotating.refreshing(), MAXIMUM_AGE);

            assertThat(health.isUp()).isTrue();
            assertThat(health.details()).containsOnlyKeys("age");
        }
    }

    @Test
    void of_secretsThatFailForAMoment_isUpWithTheFailure() {
        try (RotatingSecrets rotating = RotatingSecrets.of(Map.of("a", "test-value-a"))) {
            RefreshingSecrets secrets = rotating.refreshing();
            rotating.fail();
            secrets.refresh();

            SecretsHealth health = SecretsHealth.of(secrets, MAXIMUM_AGE);

            assertThat(health.isUp()).isTrue();
            assertThat(health.details().get("lastFailure").toString())
                    .contains("1 of 1 declared secret has no value")
                    .doesNotContain("test-value-a");
        }
    }

    @Test
    void of_secretsThatFailForTooLong_isDown() {
        try (RotatingSecrets rotating = RotatingSecrets.of(Map.of("a", "test-value-a"))) {
            RefreshingSecrets secrets = rotating.refreshing();
            ManualClock clock = rotating.clock();
            rotating.fail();
            secrets.refresh();
            clock.advance(Duration.ofMinutes(11));

            SecretsHealth health = SecretsHealth.of(secrets, MAXIMUM_AGE);

            assertThat(health.isUp()).isFalse();
            assertThat(health.details()).containsEntry("age", "660s").containsKey("lastFailure");
        }
    }

    @Test
    void of_oldSecretsWithoutAFailure_isUp() {
        try (RotatingSecrets rotating = RotatingSecrets.of(Map.of("a", "test-value-a"))) {
            RefreshingSecrets secrets = rotating.refreshing();
            rotating.clock().advance(Duration.ofDays(1));

            assertThat(SecretsHealth.of(secrets, MAXIMUM_AGE).isUp()).isTrue();
        }
    }

    @Test
    void of_expiredValue_isDown() {
        assertThat(expiring(Instant.now().plusSeconds(3600)).isUp()).isTrue();
        SecretsHealth expired = expiring(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(expired.isUp()).isFalse();
        assertThat(expired.details()).containsEntry("nextExpiry", "2020-01-01T00:00:00Z");
    }

    private static SecretsHealth expiring(Instant instant) {
        SecretProvider provider = SecretProvider.of("leases", name -> Lookup.found("test-value-a", "lease", instant));
        try (RefreshingSecrets secrets =
                SecretsResolver.of(provider).refreshing(SecretDeclarations.of("a"), Duration.ZERO)) {
            return SecretsHealth.of(secrets, MAXIMUM_AGE);
        }
    }
}
