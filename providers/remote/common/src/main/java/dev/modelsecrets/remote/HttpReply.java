package dev.modelsecrets.remote;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What a server answered. Immutable; {@code toString} gives the status only. */
public final class HttpReply {

    private final HttpResponse<byte[]> response;

    HttpReply(HttpResponse<byte[]> response) {
        this.response = response;
    }

    /**
     * Returns the status.
     *
     * @return such as 200
     */
    public int status() {
        return response.statusCode();
    }

    /**
     * Returns a header.
     *
     * @param name its name, in upper or lower case
     * @return its first value; empty if there is none
     */
    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /**
     * Returns the body as text.
     *
     * @return UTF-8; empty if it is something else
     */
    public String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(response.body()))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    /**
     * Returns how long the server asks to be left alone, by the header {@code Retry-After} in seconds or as a date.
     *
     * @return the time from now on; empty if it does not say
     */
    public Optional<Duration> retryAfter() {
        return header("Retry-After").flatMap(HttpReply::duration);
    }

    private static Optional<Duration> duration(String text) {
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(Instant.now(), date);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Returns the status, nothing of the body. */
    @Override
    public String toString() {
        return "status " + status();
    }
}
