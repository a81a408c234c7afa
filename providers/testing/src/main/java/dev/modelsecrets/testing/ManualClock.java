package dev.modelsecrets.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A clock that stands still until a test moves it, so that no test sleeps. Thread-safe.
 *
 * <p>Give it to {@code SecretsResolver.refreshing(..)} or to {@link Faults}; {@link RotatingSecrets} has one of its
 * own.
 */
public final class ManualClock implements InstantSource {

    private Instant now;

    private ManualClock(Instant start) {
        now = start;
    }

    /**
     * Creates a clock that shows 2026-01-01T00:00:00Z.
     *
     * @return a new clock
     */
    public static ManualClock create() {
        return at(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /**
     * Creates a clock that shows a given time.
     *
     * @param start the time it shows
     * @return a new clock
     */
    public static ManualClock at(Instant start) {
        return new ManualClock(Objects.requireNonNull(start, "start"));
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /**
     * Returns the time as a monotonic clock does, for {@code SecretsResolver.refreshing(..)}.
     *
     * @return nanoseconds since 1970
     */
    public long nanoTime() {
        Instant time = instant();
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    /**
     * Moves the clock.
     *
     * @param step how far; a negative one moves it back, as real clocks do at times
     */
    public synchronized void advance(Duration step) {
        now = now.plus(step);
    }

    /**
     * Sets the clock.
     *
     * @param time the time it shows from now on
     */
    public synchronized void set(Instant time) {
        now = Objects.requireNonNull(time, "time");
    }

    /** Returns the time it shows. */
    @Override
    public String toString() {
        return "ManualClock[" + instant() + "]";
    }
}
