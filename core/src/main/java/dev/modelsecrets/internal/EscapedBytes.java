package dev.modelsecrets.internal;

/**
 * Runs of escapes that stand for one byte each, such as {@code %C3%A4} and {@code \xc3\xa4}: UTF-8 where that is valid,
 * else one character for each byte.
 */
final class EscapedBytes {

    private static final int UNDECIDED = -1;
    private static final int NONE = -2;

    private final String prefix;
    private final int digits;
    private final int radix;

    /**
     * Describes escapes.
     *
     * @param prefix what each begins with
     * @param digits how many digits follow
     * @param radix of the digits
     */
    EscapedBytes(String prefix, int digits, int radix) {
        this.prefix = prefix;
        this.digits = digits;
        this.radix = radix;
    }

    /** Does what {@link Decoder#decode} does. */
    int decode(String text, int at, boolean last, DecodedText.Builder target) {
        int first = byteAt(text, at, last);
        if (first < 0) {
            return first == UNDECIDED ? -1 : 0;
        }
        int length = prefix.length() + digits;
        int following = followingBytes(first);
        int codePoint = following == 0 ? first : first & (0x3F >> following);
        for (int i = 1; i <= following; i++) {
            int next = byteAt(text, at + i * length, last);
            if (next == UNDECIDED) {
                return -1;
            }
            if (next < 0x80 || next > 0xBF) {
                return target.escape(String.valueOf((char) first), at, at + length);
            }
            codePoint = (codePoint << 6) | (next & 0x3F);
        }
        String meaning = Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : "\uFFFD";
        return target.escape(meaning, at, at + (following + 1) * length);
    }

    /** Returns how many bytes follow the first one of a character in UTF-8; 0 for one that begins none. */
    static int followingBytes(int first) {
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        return first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    }

    private int byteAt(String text, int at, boolean last) {
        int end = at + prefix.length() + digits;
        int value = 0;
        for (int i = at; i < end; i++) {
            if (i >= text.length()) {
                return last ? NONE : UNDECIDED;
            }
            int inPrefix = i - at;
            if (inPrefix < prefix.length()) {
                if (text.charAt(i) != prefix.charAt(inPrefix)) {
                    return NONE;
                }
            } else {
                int digit = Character.digit(text.charAt(i), radix);
                if (digit < 0) {
                    return NONE;
                }
                value = value * radix + digit;
            }
        }
        return value > 0xFF ? NONE : value;
    }
}
