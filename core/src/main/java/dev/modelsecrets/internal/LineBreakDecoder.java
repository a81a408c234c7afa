package dev.modelsecrets.internal;

import java.nio.ByteBuffer;

/**
 * Takes out the line breaks, and the indentation after them, that writers of base64 put in: MIME, PEM, OpenSSL, YAML.
 *
 * <p>Such a break follows a full line, so others are told apart at a glance.
 */
final class LineBreakDecoder implements Decoder {

    /** No writer of base64 breaks lines earlier: PEM has 64 characters in a line, MIME 76. */
    private static final int SHORTEST_LINE = 40;

    static final int DEEPEST_INDENTATION = 64;

    /** The digits of both alphabets. */
    private static final boolean[] BASE64 = new boolean[128];

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
            if (endsLine(text, start)) {
                return start;
            }
            newline = text.indexOf('\n', newline + 1);
        }
        int end = text.length();
        boolean mayGoOn = !last && end > from && text.charAt(end - 1) == '\r' && endsLine(text, end - 1);
        return mayGoOn ? end - 1 : end;
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
        while (end < limit && end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        if (end >= text.length()) {
            return last ? 0 : -1;
        }
        return isBase64(text.charAt(end)) || text.charAt(end) == '=' ? target.escape("", at, end) : 0;
    }
}
