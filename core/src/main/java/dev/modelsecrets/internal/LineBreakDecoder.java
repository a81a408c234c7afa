package dev.modelsecrets.internal;

import java.nio.ByteBuffer;

/**
 * Takes out the line breaks, and the indentation after them, that writers put in: those of base64 (MIME, PEM, OpenSSL,
 * YAML) stand for nothing, and those of folded text (YAML, headers) for a space.
 *
 * <p>A break in base64 follows a full line and one in folded text is followed by an indentation, so others are told
 * apart at a glance.
 */
final class LineBreakDecoder implements Decoder {

    /** No writer of base64 breaks lines earlier: PEM has 64 characters in a line, MIME 76. */
    private static final int SHORTEST_LINE = 40;

    static final int DEEPEST_INDENTATION = 64;

    /** The digits of both alphabets. */
    private static final boolean[] BASE64 = new boolean[128];

    private final boolean folds;

    /** Makes a decoder; where no space is of interest, there is no need to look at folded text. */
    LineBreakDecoder(boolean folds) {
        this.folds = folds;
    }

    static {
        for (char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_".toCharArray()) {
            BASE64[c] = true;
        }
    }

    @Override
    public int next(String text, int from, boolean last) {
        int newline = text.indexOf('\n', from);
        while (newline >= 0) {
            int start = newline > from && text.charAt(newline - 1) == '\r' ? newline - 1 : newline;
            if (endsLine(text, start) || (folds && mayFold(text, newline, last))) {
                return start;
            }
            newline = text.indexOf('\n', newline + 1);
        }
        int end = text.length();
        boolean mayGoOn = !last && end > from && text.charAt(end - 1) == '\r' && (folds || endsLine(text, end - 1));
        return mayGoOn ? end - 1 : end;
    }

    /** Tells whether an indentation follows, or may follow. */
    private static boolean mayFold(String text, int newline, boolean last) {
        return newline + 1 < text.length() ? isBlank(text.charAt(newline + 1)) : !last;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Tells whether there is one before an indentation in a whole text. */
    static boolean isFoldIn(String text) {
        return text.contains("\n ") || text.contains("\n\t");
    }

    /** Tells whether there is one in a whole text. */
    static boolean isIn(String text) {
        int newline = text.indexOf('\n');
        while (newline >= 0) {
            if (endsLine(text, newline > 0 && text.charAt(newline - 1) == '\r' ? newline - 1 : newline)) {
                return true;
            }
            newline = text.indexOf('\n', newline + 1);
        }
        return false;
    }

    /** Tells whether a line feed, in a part of a text in UTF-8 that begins at a place, is one. */
    static boolean isAt(ByteBuffer text, int from, int newline) {
        int end = newline > from && text.get(newline - 1) == '\r' ? newline - 1 : newline;
        int start = end - SHORTEST_LINE;
        if (start < from) {
            return false;
        }
        for (int i = start; i < end; i++) {
            byte b = text.get(i);
            if (b < 0 || !BASE64[b]) {
                return false;
            }
        }
        return true;
    }

    private static boolean endsLine(String text, int end) {
        int start = end - SHORTEST_LINE;
        if (start < 0) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (!isBase64(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isBase64(char c) {
        return c < BASE64.length && BASE64[c];
    }

    @Override
    public int decode(String text, int at, boolean last, DecodedText.Builder target) {
        int end = at + (text.charAt(at) == '\r' ? 2 : 1);
        int limit = end + DEEPEST_INDENTATION;
        int indentation = end;
        while (end < limit && end < text.length() && isBlank(text.charAt(end))) {
            end++;
        }
        if (end >= text.length()) {
            return last ? 0 : -1;
        }
        if ((!folds || endsLine(text, at)) && (isBase64(text.charAt(end)) || text.charAt(end) == '=')) {
            return target.escape("", at, end);
        }
        return folds && end > indentation ? target.escape(" ", at, end) : 0;
    }
}
