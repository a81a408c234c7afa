package dev.modelsecrets.observability;

import dev.modelsecrets.RefreshingSecrets;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Meters of how fresh secrets are, for Micrometer: no secret's name is a tag.
 *
 * <pre>{@code
 * new SecretMetrics(secrets).bindTo(registry);
 * }</pre>
 *
 * <table>
 *   <caption>Meters</caption>
 *   <tr><th>Name</th><th>What it is</th></tr>
 *   <tr><td>{@code secrets.age}</td><td>time since the secrets were last found to be current</td></tr>
 *   <tr><td>{@code secrets.expiry}</td><td>time until the first value ends; NaN if none has a known end</td></tr>
 *   <tr><td>{@code secrets.failing}</td><td>1 while the newest refresh has failed, else 0</td></tr>
 * </table>
 *
 * <p>An alarm on {@code secrets.age} finds a refresh that fails silently. {@link ResolutionMetrics} counts refreshes
 * and failures. The registry does not keep the secrets from being collected. Thread-safe.
 */
public final class SecretMetrics implements MeterBinder {

    private final RefreshingSecrets secrets;
    private final Iterable<Tag> tags;
    private final InstantSource clock;

    /**
     * Creates meters without tags.
     *
     * @param secrets what is measured
     */
    public SecretMetrics(RefreshingSecrets secrets) {
        this(secrets, Tags.empty());
    }

    /**
     * Creates meters with tags, which tell the secrets of one model from those of another.
     *
     * @param secrets what is measured
     * @param tags tags for each meter
     */
    public SecretMetrics(RefreshingSecrets secrets, Iterable<Tag> tags) {
        this(secrets, tags, InstantSource.system());
    }

    SecretMetrics(RefreshingSecrets secrets, Iterable<Tag> tags, InstantSource clock) {
        this.secrets = secrets;
        this.tags = tags;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        TimeGauge.builder(
                        "secrets.age",
                        secrets,
                        TimeUnit.NANOSECONDS,
                        fresh -> fresh.age().toNanos())
                .tags(tags)
                .description("Time since the secrets were last found to be current")
                .register(registry);
        InstantSource now = clock;
        TimeGauge.builder(
                        "secrets.expiry",
                        secrets,
                        TimeUnit.MILLISECONDS,
                        fresh -> fresh.nextExpiry()
                                .map(end -> millisecondsUntil(end, now))
                                .orElse(Double.NaN))
                .tags(tags)
                .description("Time until the first secret stops being valid")
                .register(registry);
        Gauge.builder("secrets.failing", secrets, fresh -> fresh.lastFailure().isPresent() ? 1 : 0)
                .tags(tags)
                .description("Whether the newest refresh has failed")
                .register(registry);
    }

    private static double millisecondsUntil(Instant end, InstantSource clock) {
        return end.toEpochMilli() - clock.millis();
    }
}
