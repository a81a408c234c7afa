package dev.modelsecrets.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Durations and times as people write them. */
final class Times {

    private Times() {}

    /** Reads {@code 30s}, {@code 5m}, {@code 12h}, {@code 90d}, or the format of ISO 8601. */
    static Duration duration(String option, String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        try {
            Duration duration = upper.startsWith("P")
                    ? Duration.parse(upper)
                    : Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        throw CommandException.usage(option + " is a duration such as 30s, 12h or 90d");
    }

    private static Instant later(Instant now, Duration duration) {
        return duration.compareTo(Duration.between(now, Instant.MAX)) < 0 ? now.plus(duration) : Instant.MAX;
    }

    /** Reads {@code 2030-12-31}, {@code 2030-12-31T12:00:00Z}, or a duration from now on. */
    static Instant instant(String option, String text, Instant now) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            if (text.matches("[0-9]+[a-zA-Z]")) {
                return later(now, duration(option, text));
            }
            throw CommandException.usage(option + " is a time such as 2030-12-31 or 2030-12-31T12:00:00Z, or 90d");
        }
    }
}
