package dev.modelsecrets;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A duration as people write it: {@code 30s}, {@code 1h30m}, {@code 250ms}, {@code 7d}, or in ISO 8601.
 *
 * <p>The units are d, h, m, s and ms, each at most once and the longest first. A day has 24 hours. A number without a
 * unit is no duration: libraries disagree on what it would mean.
 */
final class DurationText {

    private static final Pattern UNITS =
            Pattern.compile("(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?");

    private static final ChronoUnit[] UNIT_OF_GROUP = {
        ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS, ChronoUnit.MILLIS
    };

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @return null if the text is not a duration
     * @throws RuntimeException if the text is out of range or malformed; the message may quote it
     */
    static @Nullable Duration parse(String text) {
        Matcher units = UNITS.matcher(text);
        if (!units.matches()) {
            return Duration.parse(text);
        }
        if (text.isEmpty()) {
            return null;
        }
        Duration sum = Duration.ZERO;
        for (int group = 1; group <= UNIT_OF_GROUP.length; group++) {
            if (units.group(group) != null) {
                sum = sum.plus(Long.parseLong(units.group(group)), UNIT_OF_GROUP[group - 1]);
            }
        }
        return sum;
    }
}
