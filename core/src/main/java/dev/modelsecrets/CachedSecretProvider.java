package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers a provider's answers, absent ones included, for a time to live.
 *
 * <p>One thread at a time asks the provider, for all names of its call that are not fresh; others wait and find them
 * fresh then. After a failure the provider is left alone for a second (or the time to live, if that is less), so that
 * waiting threads do not each run into the same time-out; a failure about one secret does not keep others from asking.
 */
final class CachedSecretProvider implements SecretProvider {

    private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();

    private final SecretProvider provider;
    private final long timeToLive;
    private final long staleOnError;
    private final LongSupplier nanoTime;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** Counts the calls of {@link #expire}: answers asked for before the last one are not fresh, whatever their age. */
    private final AtomicLong expiries = new AtomicLong();

    // Guarded by this.
    private @Nullable SecretsException failure;
    private long failedAt;
    private long failedExpiry;
    private boolean warned;

    CachedSecretProvider(SecretProvider provider, Duration timeToLive, Duration staleOnError, LongSupplier nanoTime) {
        if (timeToLive.isNegative() || staleOnError.isNegative()) {
            throw new IllegalArgumentException("the time to live and the stale time must not be negative");
        }
        this.provider = provider;
        this.timeToLive = Durations.toNanos(timeToLive);
        this.staleOnError = Durations.toNanos(staleOnError);
        this.nanoTime = nanoTime;
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
            if (entry == null || now - entry.asked >= timeToLive || entry.expiry != expiries.get()) {
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
        long expiry = expiries.get();
        if (failure != null
                && failedExpiry == expiry
                && now - failedAt < Math.min(timeToLive, LONGEST_PAUSE)
                && Asking.culprit(failure).map(stale::contains).orElse(true)) {
            serveStaleOrThrow(failure, stale, now);
            return;
        }
        try {
            Map<String, Lookup> answers = Resolution.ask(provider, stale);
            for (String name : stale) {
                Lookup answer = answers.get(name);
                answer = answer == null ? Lookup.absent("has no such secret") : answer;
                entries.put(name, new Entry(answer, now, expiry));
            }
            failure = null;
            warned = false;
        } catch (SecretsException e) {
            failure = e;
            failedAt = nanoTime.getAsLong();
            failedExpiry = expiry;
            if (e instanceof SecretAccessDeniedException denied) {
                // A later failure of another kind must not bring it back.
                entries.remove(denied.secretName());
            }
            serveStaleOrThrow(e, stale, failedAt);
            if (!warned) {
                warned = true;
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
            if (entry == null || now - entry.asked - timeToLive >= staleOnError) {
                throw problem;
            }
        }
    }

    /** Makes the next call ask the provider. It takes no lock, as a provider may push while it is being asked. */
    void expire() {
        expiries.incrementAndGet();
        Asking.expire(provider);
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
        final long expiry;

        Entry(Lookup lookup, long asked, long expiry) {
            this.lookup = lookup;
            this.asked = asked;
            this.expiry = expiry;
        }
    }
}
