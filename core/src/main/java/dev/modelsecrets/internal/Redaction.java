package dev.modelsecrets.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a text is once its secrets are replaced. */
public final class Redaction {

    private static final String BEFORE_NAME = "[secret:";
    private static final String AFTER_NAME = "]";

    /** How much longer a text may get, as a rule. */
    private static final int ROOM = 32;

    private Redaction() {}

    /**
     * Replaces secrets.
     *
     * @param needles what to look for
     * @param text the text
     * @return the text with every secret replaced; the same object if there is none in it
     */
    public static String of(Needles needles, String text) {
        try {
            List<Search.Found> found = find(needles, text);
            return found.isEmpty() ? text : replace(text, found);
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever went wrong, text that was not searched goes nowhere.
            return withheld(e);
        }
    }

    /**
     * Replaces secrets in text in UTF-8; what is no UTF-8 stays as it is.
     *
     * @param needles what to look for
     * @param text the text, from the buffer's position to its limit, which both stay
     * @return the text with every secret replaced; the same object if there is none in it
     */
    public static ByteBuffer of(Needles needles, ByteBuffer text) {
        try {
            if (text.hasArray()) {
                int from = text.arrayOffset() + text.position();
                int to = text.arrayOffset() + text.limit();
                byte[] redacted = of(needles, text.array(), from, to);
                return redacted == null ? text : ByteBuffer.wrap(redacted);
            }
            byte[] bytes = new byte[text.remaining()];
            text.duplicate().get(bytes);
            byte[] redacted = of(needles, bytes, 0, bytes.length);
            return redacted == null ? text : ByteBuffer.wrap(redacted);
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever went wrong, text that was not searched goes nowhere.
            return ByteBuffer.wrap(withheld(e).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Returns null if there is nothing to replace. */
    private static byte @Nullable [] of(Needles needles, byte[] text, int from, int to) {
        ByteBuffer bytes = ByteBuffer.wrap(text);
        if (EscapeScan.mayHoldEscape(needles, bytes, from, to)
                || (needles.withNonAscii() && !EscapeScan.isAscii(bytes, from, to))) {
            return redactDecoded(needles, text, from, to);
        }
        List<Search.Found> found = PlainSearch.of(needles, bytes, from, to);
        return found.isEmpty() ? null : replace(text, from, to, found);
    }

    private static byte @Nullable [] redactDecoded(Needles needles, byte[] text, int from, int to) {
        String decoded = new String(text, from, to - from, StandardCharsets.UTF_8);
        if (decoded.indexOf('\uFFFD') >= 0 && !isEncoded(decoded, text, from, to)) {
            String bytes = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
            List<Search.Found> found = Search.ofUtf8(needles, bytes, true).found();
            return found.isEmpty() ? null : replace(bytes, found).getBytes(StandardCharsets.ISO_8859_1);
        }
        List<Search.Found> found = find(needles, decoded);
        return found.isEmpty() ? null : replace(decoded, found).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isEncoded(String decoded, byte[] text, int from, int to) {
        byte[] encoded = decoded.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(encoded, 0, encoded.length, text, from, to);
    }

    private static List<Search.Found> find(Needles needles, String text) {
        return EscapeScan.mayHoldEscape(needles, text)
                ? Search.of(needles, text, true).found()
                : PlainSearch.of(needles, text);
    }

    private static String replace(String text, List<Search.Found> found) {
        StringBuilder redacted = new StringBuilder(text.length() + ROOM);
        int done = 0;
        for (Search.Found secret : found) {
            redacted.append(text, done, secret.start())
                    .append(BEFORE_NAME)
                    .append(secret.name())
                    .append(AFTER_NAME);
            done = secret.end();
        }
        return redacted.append(text, done, text.length()).toString();
    }

    private static byte[] replace(byte[] text, int from, int to, List<Search.Found> found) {
        int length = to - from;
        for (Search.Found secret : found) {
            // A name is ASCII.
            length += BEFORE_NAME.length() + secret.name().length() + AFTER_NAME.length();
            length -= secret.end() - secret.start();
        }
        ByteBuffer redacted = ByteBuffer.allocate(length);
        int done = from;
        for (Search.Found secret : found) {
            redacted.put(text, done, secret.start() - done)
                    .put(placeholder(secret.name()).getBytes(StandardCharsets.US_ASCII));
            done = secret.end();
        }
        return redacted.put(text, done, to - done).array();
    }

    static String placeholder(String name) {
        return BEFORE_NAME + name + AFTER_NAME;
    }

    static String withheld(Throwable failure) {
        return "[text withheld: redaction failed with " + failure.getClass().getName() + "]";
    }
}
