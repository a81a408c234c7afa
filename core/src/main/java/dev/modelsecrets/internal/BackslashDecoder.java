package dev.modelsecrets.internal;

/** Escapes with a backslash: JSON, Java, JavaScript, C, Python, Go, shells, SQL and {@code .properties}. */
final class BackslashDecoder implements Decoder {

    private static final EscapedBytes HEX_BYTES = new EscapedBytes("\\x", 2, 16);
    private static final EscapedBytes OCTAL_BYTES = new EscapedBytes("\\", 3, 8);

    /** The letters that stand for the characters from 7 on. */
    private static final String CONTROLS = "abtnvfr";

    @Override
    public int next(String text, int from, boolean last) {
        return Decoder.indexOf(text, '\\', from);
    }

    @Override
    public int decode(String text, int at, boolean last, DecodedText.Builder target) {
        if (at + 1 == text.length()) {
            return last ? 0 : -1;
        }
        char c = text.charAt(at + 1);
        int length;
        if (c == 'u') {
            length = unicode(text, at, last, target);
        } else if (c == 'U') {
            length = codePoint(text, at, at + 2, at + 10, at + 10, last, target);
        } else if (c == 'x') {
            length = HEX_BYTES.decode(text, at, last, target);
        } else if (c >= '0' && c <= '7') {
            length = OCTAL_BYTES.decode(text, at, last, target);
        } else if (c == '\n' || c == '\r') {
            length = continuation(text, at, last, target);
        } else {
            int control = CONTROLS.indexOf(c);
            length = target.escape(String.valueOf(control < 0 ? c : (char) (7 + control)), at, at + 2);
        }
        return length == 0 ? target.escape(String.valueOf(c), at, at + 2) : length;
    }

    /**
     * A line that goes on, with the indentation of the next one: YAML, {@code .properties} and text blocks leave it
     * out.
     */
    private static int continuation(String text, int at, boolean last, DecodedText.Builder target) {
        int end = at + (text.startsWith("\r\n", at + 1) ? 3 : 2);
        int limit = end + LineBreakDecoder.DEEPEST_INDENTATION;
        while (end < limit && end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return end == text.length() && !last ? -1 : target.escape("", at, end);
    }

    private static int unicode(String text, int at, boolean last, DecodedText.Builder target) {
        int digits = at + 2;
        if (text.startsWith("{", digits)) {
            int end = digits + 1;
            while (end < text.length() && end <= digits + 6 && text.charAt(end) != '}') {
                end++;
            }
            if (end < text.length() && text.charAt(end) != '}') {
                return 0;
            }
            return codePoint(text, at, digits + 1, end, end + 1, last, target);
        }
        // Java allows several u characters; no encoder writes more than a few.
        while (digits < at + 8 && text.startsWith("u", digits)) {
            digits++;
        }
        return codePoint(text, at, digits, digits + 4, digits + 4, last, target);
    }

    private static int codePoint(
            String text, int at, int from, int to, int end, boolean last, DecodedText.Builder target) {
        int value = 0;
        for (int i = from; i < to; i++) {
            if (i >= text.length()) {
                return last ? 0 : -1;
            }
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return 0;
            }
            value = (value << 4) | digit;
        }
        if (end > text.length()) {
            return last ? 0 : -1;
        }
        return Character.isValidCodePoint(value) ? target.escape(Character.toString(value), at, end) : 0;
    }
}
