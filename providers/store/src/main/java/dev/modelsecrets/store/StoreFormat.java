package dev.modelsecrets.store;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The name of the format of a store's file, and what binds the texts in it to their places. */
final class StoreFormat {

    static final String NAME = "model-secrets-store/1";

    private static final String SECONDS = "0000-00-00T00:00:00Z";
    private static final String MILLIS = "0000-00-00T00:00:00.000Z";

    private StoreFormat() {}

    /** Binds a wrapped data key to the kind of its slot. */
    static byte[] slotContext(String kind) {
        return (NAME + "\nslot\n" + kind).getBytes(StandardCharsets.US_ASCII);
    }

    /** Binds an encrypted text to a key of a secret, or to its description if the key is empty, and to a version. */
    static byte[] textContext(String secret, String key, long version) {
        return lines(NAME, secret, key, Long.toString(version));
    }

    /** Returns texts in ASCII with line feeds between them. Concatenated strings take several times as long. */
    @SuppressWarnings("deprecation") // The one method that copies characters to bytes without an array of its own.
    private static byte[] lines(String... texts) {
        int length = texts.length - 1;
        for (String text : texts) {
            length += text.length();
        }
        byte[] lines = new byte[length];
        int end = 0;
        for (String text : texts) {
            text.getBytes(0, text.length(), lines, end);
            end += text.length();
            if (end < length) {
                lines[end++] = '\n';
            }
        }
        return lines;
    }

    /**
     * Reads a time.
     *
     * <p>Those that a store writes are read without the JDK's formatter, whose classes are 3 % of the time of a process
     * that resolves ten names.
     *
     * @throws DateTimeException if it is none
     */
    static Instant time(String text) {
        if (!isPlain(text)) {
            return Instant.parse(text);
        }
        int nanos = text.length() == SECONDS.length() ? 0 : 1_000_000 * number(text, 20, 23);
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19),
                        nanos)
                .toInstant(ZoneOffset.UTC);
    }

    /** Tells whether a time has this shape and is not one of those that only a formatter knows: 24:00 and 23:59:60. */
    private static boolean isPlain(String text) {
        int length = text.length();
        String shape = length == SECONDS.length() ? SECONDS : MILLIS;
        if (length != shape.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char wanted = shape.charAt(i);
            char c = text.charAt(i);
            if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
                return false;
            }
        }
        return number(text, 11, 13) < 24 && number(text, 17, 19) < 60;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    /** Tells derived keys apart. */
    static byte[] keyContext(String use) {
        return (NAME + ' ' + use).getBytes(StandardCharsets.US_ASCII);
    }
}
