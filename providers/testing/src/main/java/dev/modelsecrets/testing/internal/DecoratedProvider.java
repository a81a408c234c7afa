package dev.modelsecrets.testing.internal;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Subscription;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider that uses everything a provider can, for tests of decorators. Not thread-safe, except for its watches. */
public final class DecoratedProvider implements SecretProvider {

    /** The value of {@code api_key}. */
    public static final String VALUE = "value-of-api-key";

    /** Where it was found. */
    public static final String LOCATION = "the decorated provider";

    /** Until when it is valid. */
    public static final Optional<Instant> EXPIRES_AT = Optional.of(Instant.parse("2126-01-31T12:00:00Z"));

    /** How to set a secret. */
    public static final Optional<String> REMEDY = Optional.of("set it in the decorated provider");

    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private int state;
    private int expired;
    private int closed;

    /** Creates a provider of four names, each with another kind of answer. */
    public DecoratedProvider() {}

    @Override
    public String name() {
        return "decorated";
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            answers.put(
                    name,
                    switch (name) {
                        case "api_key" -> Lookup.found(VALUE, LOCATION, EXPIRES_AT.orElseThrow());
                        case "failed" -> Lookup.failed("is broken");
                        case "denied" -> Lookup.denied("is refused");
                        default -> Lookup.absent("is not there");
                    });
        }
        return answers;
    }

    @Override
    public Optional<String> remedy(String name) {
        return REMEDY;
    }

    @Override
    public Optional<Object> version() {
        return Optional.of(state);
    }

    @Override
    public Subscription watch(Set<String> names, Runnable changed) {
        watchers.add(changed);
        return () -> watchers.remove(changed);
    }

    /** Moves on to another version, and announces it. */
    public void announce() {
        state++;
        watchers.forEach(Runnable::run);
    }

    @Override
    public void expire() {
        expired++;
    }

    /** Returns how often it was expired. */
    public int expired() {
        return expired;
    }

    @Override
    public void close() {
        closed++;
    }

    /** Returns how often it was closed. */
    public int closed() {
        return closed;
    }

    @Override
    public String toString() {
        return name();
    }
}
