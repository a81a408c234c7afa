package dev.modelsecrets;

import java.time.Duration;

/** Arithmetic that long durations, such as "for ever" as {@code Duration.ofSeconds(Long.MAX_VALUE)}, do not break. */
final class Durations {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Durations() {}

    /** Returns the nanoseconds, at most 292 years of them. */
    static long toNanos(Duration duration) {
        return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.toNanos();
    }
}
