package dev.modelsecrets.observability;

import dev.modelsecrets.ResolutionEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Times and counts every resolve and refresh, for Micrometer: no secret's name is a tag.
 *
 * <pre>{@code
 * SecretsResolver resolver = SecretsResolver.builder()
 *         .providers(StandardProviders.chain())
 *         .listener(new ResolutionMetrics(registry))
 *         .build();
 * }</pre>
 *
 * <p>The timer {@code secrets.resolution} has the tags {@code kind} ({@code resolve}, {@code refresh}) and {@code
 * outcome} ({@code resolved}, {@code unchanged}, {@code missing}, {@code failed}, {@code denied}, {@code conflict});
 * the timer {@code secrets.provider} has the tag {@code provider}. Thread-safe.
 */
public final class ResolutionMetrics implements Consumer<ResolutionEvent> {

    private final MeterRegistry registry;
    private final Tags tags;

    /**
     * Creates timers without further tags.
     *
     * @param registry where they go
     */
    public ResolutionMetrics(MeterRegistry registry) {
        this(registry, Tags.empty());
    }

    /**
     * Creates timers with further tags, which tell one model from another.
     *
     * @param registry where they go
     * @param tags tags for each timer
     */
    public ResolutionMetrics(MeterRegistry registry, Iterable<Tag> tags) {
        this.registry = registry;
        this.tags = Tags.of(tags);
    }

    @Override
    public void accept(ResolutionEvent event) {
        Timer.builder("secrets.resolution")
                .description("Resolves and refreshes")
                .tags(tags.and("kind", word(event.kind()), "outcome", word(event.outcome())))
                .register(registry)
                .record(event.duration());
        for (ResolutionEvent.ProviderCall call : event.calls()) {
            Timer.builder("secrets.provider")
                    .description("Calls of providers")
                    .tags(tags.and("provider", call.provider()))
                    .register(registry)
                    .record(call.duration());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
