package dev.modelsecrets.remote;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A point in time by which a read has to be done, login included. Immutable and thread-safe. */
public final class Deadline {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final Duration limit;
    private final long end;
    private final @Nullable Deadline whole;

    private Deadline(Duration limit, long end, @Nullable Deadline whole) {
        this.limit = limit;
        this.end = end;
        this.whole = whole;
    }

    /**
     * Starts the clock.
     *
     * @param limit the time that may be used from now on
     * @return a deadline
     */
    public static Deadline in(Duration limit) {
        return new Deadline(limit, System.nanoTime() + nanos(limit), null);
    }

    /** Starts the clock of one attempt: at most a third of the whole limit, so that there is time for another. */
    Deadline attempt() {
        long third = System.nanoTime() + nanos(limit) / 3;
        return new Deadline(limit, third - end < 0 ? third : end, this);
    }

    /** Tells whether this is an attempt with less than a third of the whole limit, as the whole ends before. */
    boolean isCutShort() {
        return whole != null && end == whole.end;
    }

    /**
     * Returns the deadline of the whole find, the same object for each attempt in it.
     *
     * @return this if it is no attempt's
     */
    public Deadline whole() {
        return whole == null ? this : whole;
    }

    /**
     * Returns the time that is left, for a client's own time-out.
     *
     * @return at least a millisecond, as clients take zero for "no limit"
     */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(1_000_000, nanos()));
    }

    /** Returns the nanoseconds that are left; less than zero when the time is over. */
    long nanos() {
        return end - System.nanoTime();
    }

    /** Returns the nanoseconds of a duration, or the most there can be, since stores may ask to wait for ever. */
    static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : duration.toNanos();
    }

    /** Returns the whole limit in words, such as {@code 10 s} or {@code 250 ms}. */
    @Override
    public String toString() {
        long millis = limit.toMillis();
        return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }
}
