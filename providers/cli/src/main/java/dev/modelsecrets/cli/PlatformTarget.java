package dev.modelsecrets.cli;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.platforms.PushPlan;
import dev.modelsecrets.platforms.PushPlan.Action;
import dev.modelsecrets.platforms.SecretPlatform;
import dev.modelsecrets.platforms.WantedSecret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Baseten, BentoCloud or OCI AI Blueprints. */
final class PlatformTarget implements PushTarget {

    private final SecretPlatform platform;
    private final Optional<String> joined;
    private @Nullable PushPlan plan;

    /** Takes a platform, which it closes, and the name of the one secret that all names are keys of. */
    PlatformTarget(SecretPlatform platform, Optional<String> joined) {
        this.platform = platform;
        this.joined = joined;
    }

    @Override
    public String name() {
        return platform.name();
    }

    @Override
    public List<Row> plan(Secrets secrets) {
        PushPlan made = joined.isPresent()
                ? platform.plan(List.of(WantedSecret.of(joined.get(), secrets)))
                : platform.plan(secrets);
        plan = made;
        return made.items().stream()
                .map(item -> new Row(item.name(), word(item.action()), item.note()))
                .toList();
    }

    private static String word(Action action) {
        return switch (action) {
            case CREATE -> CREATE;
            case UPDATE -> "update";
            case SAME_NAME -> WRITE;
            case CONFLICT -> CONFLICT;
        };
    }

    @Override
    public List<Row> push(boolean onlyMissing) {
        PushPlan made = plan;
        if (made == null) {
            throw new IllegalStateException("plan first");
        }
        return platform.push(onlyMissing ? made.only(Action.CREATE) : made).results().stream()
                .map(result -> new Row(
                        result.name(),
                        result.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        result.note()))
                .toList();
    }

    @Override
    public void close() {
        platform.close();
    }
}
