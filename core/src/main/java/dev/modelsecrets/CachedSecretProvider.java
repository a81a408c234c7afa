package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers a provider's answers, absent ones included, for a time to live.
 *
 * <p>One thread at a time asks the provider, for all names of its call that are not fresh; others wait and find them
 * fresh then. After a failure the provider is left alone for a second (or the time to live, if that is less), so that
 * waiting threads do not each run into the same time-out.
 */
final class CachedSecretProvider implements SecretProvider {

    private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();

    private final SecretProvider provider;
    private final long timeToLive;
    private final long staleOnError;
    private final LongSupplier nanoTime;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** Answers asked before this moment are not fresh, whatever their age. */
    private volatile long expiredBefore;

    // Guarded by this.
    private @Nullable SecretsException failure;
    private long failedAt;

    CachedSecretProvider(SecretProvider provider, Duration timeToLive, Duration staleOnError, LongSupplier nanoTime) {
        if (timeToLive.isNegative() || staleOnError.isNegative()) {
            throw new IllegalArgumentException("the time to live and the stale time must not be negative");
        }
        this.provider = provider;
        this.timeToLive = timeToLive.toNanos();
        this.staleOnError = staleOnError.toNanos();
        this.nanoTime = nanoTime;
        expiredBefore = nanoTime.getAsLong();
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        if (!stale(names, nanoTime.getAsLong()).isEmpty()) {
            refresh(names);
        }
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            Entry entry = entries.get(name);
            if (entry != null) {
                answers.put(name, entry.lookup);
            }
        }
        return answers;
    }

    private Set<String> stale(Set<String> names, long now) {
        Set<String> stale = new LinkedHashSet<>();
        for (String name : names) {
            Entry entry = entries.get(name);
            if (entry == null || now - entry.asked >= timeToLive || entry.asked - expiredBefore < 0) {
                stale.add(name);
            }
        }
        return stale;
    }

    private synchronized void refresh(Set<String> names) {
        long now = nanoTime.getAsLong();
        Set<String> stale = stale(names, now);
        if (stale.isEmpty()) {
            return;
        }
        if (failure != null && now - failedAt < Math.min(timeToLive, LONGEST_PAUSE)) {
            serveStaleOrThrow(failure, stale, now);
            return;
        }
        try {
            Map<String, Lookup> answers = Asking.ask(provider, stale);
            for (String name : stale) {
                Lookup answer = answers.get(name);
                entries.put(name, new Entry(answer == null ? Lookup.absent("has no such secret") : answer, now));
            }
            failure = null;
        } catch (SecretsException e) {
            boolean first = failure == null;
            failure = e;
            failedAt = nanoTime.getAsLong();
            serveStaleOrThrow(e, stale, failedAt);
            if (first) {
                Log.warn("A cached provider failed, so its last answers are used for now. " + e.getMessage());
            }
        }
    }

    /** Returns normally if all names have an answer that may still be used. */
    private void serveStaleOrThrow(SecretsException problem, Set<String> stale, long now) {
        if (problem instanceof SecretAccessDeniedException) {
            throw problem;
        }
        for (String name : stale) {
            Entry entry = entries.get(name);
            if (entry == null || now - entry.asked >= timeToLive + staleOnError) {
                throw problem;
            }
        }
    }

    /** Makes the next call ask the provider. */
    synchronized void expire() {
        expiredBefore = nanoTime.getAsLong();
        failure = null;
    }

    @Override
    public Optional<String> remedy(String name) {
        return provider.remedy(name);
    }

    @Override
    public AutoCloseable watch(Set<String> names, Runnable changed) {
        return provider.watch(names, () -> {
            expire();
            changed.run();
        });
    }

    @Override
    @JsonValue
    public String toString() {
        return provider + " (cached)";
    }

    /** An answer and when it was asked for. A class, so that no generated method shows the value. */
    private static final class Entry {

        final Lookup lookup;
        final long asked;

        Entry(Lookup lookup, long asked) {
            this.lookup = lookup;
            this.asked = asked;
        }
    }
}
