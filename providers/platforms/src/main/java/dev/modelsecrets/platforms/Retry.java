package dev.modelsecrets.platforms;

import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Which answers are worth another attempt, and when: RFC 9110, section 10.2.3, for {@code Retry-After}. */
final class Retry {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private Retry() {}

    /** Returns how long to wait before the next attempt, or empty if there is to be none. */
    static Optional<Duration> after(Call call, HttpResponse<?> answer, int attempt, Instant now) {
        Optional<Duration> asked = asked(answer, now);
        int status = answer.statusCode();
        // Throttled and unavailable requests were not carried out; of other faults of the platform nobody knows.
        boolean untouched = status == 429 || (status == 503 && asked.isPresent());
        boolean harmless = status >= 500 && status != 501 && call.isRepeatable();
        return untouched || harmless
                ? Optional.of(asked.orElse(FIRST_PAUSE.multipliedBy(1L << (attempt - 1))))
                : Optional.empty();
    }

    /** Returns how long the platform asks to wait, if it says so in seconds or as a date. */
    static Optional<Duration> asked(HttpResponse<?> answer, Instant now) {
        Optional<String> header =
                answer.headers().firstValue("Retry-After").map(String::strip).filter(text -> !text.isEmpty());
        if (header.isEmpty()) {
            return Optional.empty();
        }
        String text = header.get();
        try {
            if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.of(Duration.ofSeconds(text.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(text)));
            }
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(date.isBefore(now) ? Duration.ZERO : Duration.between(now, date));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
