package dev.modelsecrets.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What Micrometer is told. */
class MetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicReference<Lookup> answer = new AtomicReference<>(Lookup.found("test-token", "the store"));
    private final SecretProvider provider = SecretProvider.of("store", name -> answer.get());

    @Test
    void age_ofSecrets_isMeasuredWithoutTheirNames() {
        try (SecretsResolver resolver = SecretsResolver.of(provider);
                RefreshingSecrets secrets = resolver.refreshing(Duration.ofHours(1), "hf_token")) {
            new SecretMetrics(secrets, Tags.of("model", "summarizer")).bindTo(registry);

            assertThat(registry.get("secrets.age").timeGauge().value()).isNotNegative();
            assertThat(registry.get("secrets.expiry").timeGauge().value()).isNaN();
            assertThat(registry.get("secrets.failing")
                            .tag("model", "summarizer")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(registry.getMeters())
                    .flatExtracting(meter -> meter.getId().getTags())
                    .extracting(Tag::getValue)
                    .doesNotContain("hf_token");
        }
    }

    @Test
    void failing_afterARefreshThatFailed_isOne() {
        try (SecretsResolver resolver = SecretsResolver.of(provider);
                RefreshingSecrets secrets = resolver.refreshing(Duration.ofHours(1), "hf_token")) {
            new SecretMetrics(secrets).bindTo(registry);

            answer.set(Lookup.failed("the store is down"));
            secrets.refresh();

            assertThat(registry.get("secrets.failing").gauge().value()).isOne();
        }
    }

    @Test
    void expiry_ofTheFirstValue_isTheTimeUntilThen() {
        answer.set(Lookup.found("test-token", "the store", Instant.now().plus(Duration.ofDays(1))));
        try (SecretsResolver resolver = SecretsResolver.of(provider);
                RefreshingSecrets secrets = resolver.refreshing(Duration.ofHours(1), "hf_token")) {
            Instant end = secrets.nextExpiry().orElseThrow();
            new SecretMetrics(secrets, Tags.empty(), InstantSource.fixed(end.minusSeconds(90))).bindTo(registry);

            assertThat(registry.get("secrets.expiry").timeGauge().value()).isEqualTo(90);
        }
    }

    @Test
    void resolutions_ofAnyOutcome_areCountedWithoutNames() {
        try (SecretsResolver resolver = SecretsResolver.builder()
                .provider(provider)
                .listener(new ResolutionMetrics(registry, Tags.of("model", "summarizer")))
                .build()) {
            resolver.resolve("hf_token");
            try (RefreshingSecrets secrets = resolver.refreshing(Duration.ofHours(1), "hf_token")) {
                answer.set(Lookup.failed("the store is down"));
                secrets.refresh();
            }
        }

        assertThat(count("resolve", "resolved")).isOne();
        assertThat(count("refresh", "resolved")).isOne();
        assertThat(count("refresh", "failed")).isOne();
        assertThat(registry.get("secrets.provider")
                        .tag("provider", "store")
                        .timer()
                        .count())
                .isEqualTo(3);
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .noneMatch(id -> id.toString().contains("hf_token"));
    }

    private long count(String kind, String outcome) {
        return registry.get("secrets.resolution")
                .tags("kind", kind, "outcome", outcome, "model", "summarizer")
                .timer()
                .count();
    }
}
