package dev.modelsecrets;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A provider in memory that notes what it is asked; it answers with exactly the lookups it was given. */
final class FakeProvider implements SecretProvider {

    private final String name;
    private final Map<String, Lookup> lookups = new ConcurrentHashMap<>();
    private final List<List<String>> asked = new CopyOnWriteArrayList<>();
    private @Nullable Function<Set<String>, RuntimeException> failure;
    private @Nullable String remedy;

    FakeProvider(String name) {
        this.name = name;
    }

    /** Has a value, found at {@code /provider/secret}. */
    FakeProvider has(String secret, String value) {
        lookups.put(secret, Lookup.found(value, "/" + name + "/" + secret));
        return this;
    }

    FakeProvider lacks(String secret, String reason) {
        lookups.put(secret, Lookup.absent(reason));
        return this;
    }

    FakeProvider fails(RuntimeException exception) {
        failure = names -> exception;
        return this;
    }

    FakeProvider failsAbout(String secret, String problem) {
        lookups.put(secret, Lookup.failed(problem));
        return this;
    }

    FakeProvider denies(String secret, String problem) {
        lookups.put(secret, Lookup.denied(problem));
        return this;
    }

    FakeProvider suggests(String text) {
        remedy = text;
        return this;
    }

    /** Returns the names of each call so far. */
    List<List<String>> asked() {
        return asked;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        asked.add(List.copyOf(names));
        RuntimeException exception = failure == null ? null : failure.apply(names);
        if (exception != null) {
            throw exception;
        }
        return lookups;
    }

    @Override
    public Optional<String> remedy(String secret) {
        return Optional.ofNullable(remedy);
    }

    @Override
    public String toString() {
        return name;
    }
}
