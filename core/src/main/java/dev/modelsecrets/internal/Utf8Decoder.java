package dev.modelsecrets.internal;

import java.nio.charset.StandardCharsets;

/** Bytes, each as a character of its own, that are UTF-8; those that are not stay. */
final class Utf8Decoder implements Decoder {

    @Override
    public int next(String text, int from, boolean last) {
        int position = from;
        while (position < text.length() && text.charAt(position) < 0x80) {
            position++;
        }
        return position;
    }

    @Override
    public int decode(String text, int at, boolean last, DecodedText.Builder target) {
        int end = at + 1 + EscapedBytes.followingBytes(text.charAt(at));
        for (int i = at + 1; i < end; i++) {
            if (i == text.length()) {
                return last ? 0 : -1;
            }
            if (text.charAt(i) < 0x80 || text.charAt(i) > 0xBF) {
                return 0;
            }
        }
        if (end == at + 1) {
            return 0;
        }
        byte[] bytes = text.substring(at, end).getBytes(StandardCharsets.ISO_8859_1);
        return target.escape(new String(bytes, StandardCharsets.UTF_8), at, end);
    }
}
