package dev.modelsecrets.internal;

import java.nio.ByteBuffer;

/**
 * A quick look for whether a whole text may hold an escape: anything that a {@link Decoder} would look closer at.
 *
 * <p>Most lines of a log hold none, so this makes no objects. Of bytes it takes eight at a time.
 */
final class EscapeScan {

    private static final int BLOCK = 2 * Long.BYTES;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = ~HIGH_BITS;

    private EscapeScan() {}

    static boolean mayHoldEscape(Needles needles, String text) {
        return text.indexOf('%') >= 0
                || text.indexOf('\\') >= 0
                || text.indexOf('&') >= 0
                || (needles.withSpace() && (text.indexOf('+') >= 0 || LineBreakDecoder.isFoldIn(text)))
                || (needles.withQuote() && (text.contains("''") || text.contains("\"\"") || text.contains("'\"'\"'")))
                || LineBreakDecoder.isIn(text);
    }

    /** Tells whether a part of a text in UTF-8 may hold an escape; says so of some quotes that are none. */
    static boolean mayHoldEscape(Needles needles, ByteBuffer text, int from, int to) {
        boolean withSpace = needles.withSpace();
        // A line feed at the very end breaks nothing.
        int end = to > from && text.get(to - 1) == '\n' ? to - 1 : to;
        return holdsEscape(text, from, end, withSpace)
                || (needles.withQuote() && mayHoldQuotesInQuotes(text, from, end));
    }

    private static boolean holdsEscape(ByteBuffer text, int from, int end, boolean withSpace) {
        if (end - from < BLOCK) {
            return holdsEscape(text, from, from, end, withSpace);
        }
        int last = end - BLOCK;
        for (int i = from; i < last; i += BLOCK) {
            if (!isPlain(text, i, withSpace) && holdsEscape(text, from, i, i + BLOCK, withSpace)) {
                return true;
            }
        }
        return !isPlain(text, last, withSpace) && holdsEscape(text, from, last, end, withSpace);
    }

    private static boolean isPlain(ByteBuffer text, int at, boolean withSpace) {
        long first = text.getLong(at);
        long second = text.getLong(at + Long.BYTES);
        long plain = plain(first) & plain(second);
        if (withSpace) {
            plain &= isNot(first, '+') & isNot(second, '+');
        }
        return (plain & HIGH_BITS) == HIGH_BITS;
    }

    /**
     * Sets the high bit of each byte that is surely none of {@code %}, {@code &}, a backslash and a line feed, if all
     * bytes are ASCII. Clears one if not, at least.
     *
     * <p>Also suspected, because that is quicker, are {@code $} and the control characters before the line feed.
     */
    private static long plain(long bytes) {
        // As long as all bytes are ASCII, no sum carries into the next byte.
        return ((bytes ^ ('$' * ONES)) + (0x80 - ('&' ^ '$') - 1) * ONES)
                & isNot(bytes, '\\')
                & (bytes + (0x80 - ('\n' + 1)) * ONES)
                & ~bytes;
    }

    /** Sets the high bit of each byte that is not a character, if all bytes are ASCII. */
    private static long isNot(long bytes, char c) {
        return (bytes ^ (c * ONES)) + LOW_BITS;
    }

    private static boolean holdsEscape(ByteBuffer text, int start, int from, int to, boolean withSpace) {
        for (int i = from; i < to; i++) {
            byte b = text.get(i);
            if (b == '%' || b == '&' || b == '\\' || (b == '+' && withSpace)) {
                return true;
            }
            if (b == '\n' && ((withSpace && isIndented(text, i + 1)) || LineBreakDecoder.isAt(text, start, i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIndented(ByteBuffer text, int at) {
        return at < text.limit() && (text.get(at) == ' ' || text.get(at) == '\t');
    }

    /** Looks for quotes that are doubled, and for a double one after a single one. */
    private static boolean mayHoldQuotesInQuotes(ByteBuffer text, int from, int to) {
        int i = from;
        for (; i < to - Long.BYTES; i += Long.BYTES) {
            long first = text.getLong(i);
            long second = text.getLong(i + 1);
            long notDouble = isNot(second & LOW_BITS, '"');
            long others = isNot(first & LOW_BITS, '\'') | (isNot(second & LOW_BITS, '\'') & notDouble);
            others &= isNot(first & LOW_BITS, '"') | notDouble;
            if ((~(others | first | second) & HIGH_BITS) != 0) {
                return true;
            }
        }
        for (; i < to - 1; i++) {
            if ((text.get(i) == '\'' && text.get(i + 1) == '\'')
                    || ((text.get(i) == '\'' || text.get(i) == '"') && text.get(i + 1) == '"')) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether all characters are ASCII. */
    static boolean isAscii(ByteBuffer text, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            if ((text.getLong(i) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; i < to; i++) {
            if (text.get(i) < 0) {
                return false;
            }
        }
        return true;
    }
}
