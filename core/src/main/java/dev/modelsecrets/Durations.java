package dev.modelsecrets;

import java.time.Duration;

/** Arithmetic that long durations, such as "for ever" as {@code Duration.ofSeconds(Long.MAX_VALUE)}, do not break. */
final class Durations {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Durations() {}

    /**
     * Returns the nanoseconds, at most 292 years of them.
     *
     * @throws IllegalArgumentException if the duration is negative; the message names the option
     */
    static long toNanos(Duration duration, String option) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("the " + option + " must not be negative");
        }
        return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.toNanos();
    }

    /** Returns {@code 10 s} or {@code 250 ms}. */
    static String describe(Duration duration) {
        return duration.toMillisPart() == 0 && !duration.isZero()
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }
}
