package dev.modelsecrets.store.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON without white space into a buffer that serves for one line after the other.
 *
 * <p>Nothing stays behind in it that a file does not have in the clear or encrypted. Used by one thread.
 */
public final class JsonLine {

    /** The characters of ASCII that stand for themselves. */
    private static final boolean[] PLAIN = new boolean[0x7F];

    static {
        Arrays.fill(PLAIN, ' ', PLAIN.length, true);
        PLAIN['"'] = false;
        PLAIN['\\'] = false;
    }

    private byte[] line = new byte[512];
    private int length;

    /** What was written last: all changes of a transaction have one time. */
    private @Nullable Instant time;

    private String timeText = "";

    /** Creates an empty buffer. */
    public JsonLine() {}

    /** Starts an object that is the line, or an item of an array. */
    public JsonLine object() {
        separate();
        append('{');
        return this;
    }

    /** Starts an object that is the value of a field. */
    public JsonLine object(String name) {
        name(name);
        append('{');
        return this;
    }

    /** Ends an object. */
    public JsonLine endObject() {
        append('}');
        return this;
    }

    /** Starts an array that is the value of a field. */
    public JsonLine array(String name) {
        name(name);
        append('[');
        return this;
    }

    /** Ends an array. */
    public JsonLine endArray() {
        append(']');
        return this;
    }

    /** Writes an item of an array. */
    public JsonLine item(String value) {
        separate();
        quote(value);
        return this;
    }

    /** Writes a field with a string. */
    public JsonLine field(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    /** Writes a field with base64. */
    public JsonLine base64(String name, String value) {
        return plain(name, value);
    }

    /** Writes a field with a string that has no character to escape. */
    private JsonLine plain(String name, String value) {
        name(name);
        append('"');
        appendAscii(value);
        append('"');
        return this;
    }

    /** Writes a field with a number. */
    public JsonLine field(String name, long value) {
        name(name);
        appendAscii(Long.toString(value));
        return this;
    }

    /** Writes a field with a boolean. */
    public JsonLine field(String name, boolean value) {
        name(name);
        appendAscii(Boolean.toString(value));
        return this;
    }

    /** Writes a field with a time: ISO 8601, UTC. */
    public JsonLine field(String name, Instant value) {
        if (!Objects.equals(value, time)) {
            time = value;
            timeText = value.toString();
        }
        return plain(name, timeText);
    }

    private void name(String name) {
        separate();
        quote(name);
        append(':');
    }

    private void separate() {
        byte last = length == 0 ? (byte) '{' : line[length - 1];
        if (last != '{' && last != '[') {
            append(',');
        }
    }

    private void quote(String value) {
        reserve(value.length() + 2);
        line[length++] = '"';
        int plain = appendPlain(value);
        if (plain < value.length()) {
            append(escaped(value, plain));
        }
        append('"');
    }

    /** Appends the beginning of a text, as far as it is its own form in JSON and in UTF-8; returns where that ends. */
    private int appendPlain(String value) {
        byte[] to = line;
        int start = length;
        int end = value.length();
        int i = 0;
        while (i < end) {
            char c = value.charAt(i);
            if (c >= PLAIN.length || !PLAIN[c]) {
                break;
            }
            to[start + i++] = (byte) c;
        }
        length += i;
        return i;
    }

    private static String escaped(String value, int from) {
        StringBuilder text = new StringBuilder(value.length() - from + 16);
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\b' -> text.append("\\b");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\f' -> text.append("\\f");
                case '\r' -> text.append("\\r");
                default -> {
                    if (c < ' ') {
                        text.append(c < 0x10 ? "\\u000" : "\\u001").append("0123456789ABCDEF".charAt(c & 0xF));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        return text.toString();
    }

    private void append(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        reserve(bytes.length);
        System.arraycopy(bytes, 0, line, length, bytes.length);
        length += bytes.length;
    }

    @SuppressWarnings("deprecation") // The one method that copies characters to bytes without an array of its own.
    private void appendAscii(String text) {
        reserve(text.length());
        text.getBytes(0, text.length(), line, length);
        length += text.length();
    }

    private void append(char ascii) {
        reserve(1);
        line[length++] = (byte) ascii;
    }

    private void reserve(int more) {
        if (line.length - length < more) {
            line = Arrays.copyOf(line, Math.max(length + more, 2 * length));
        }
    }

    /** Returns the line in UTF-8, and starts an empty one. */
    public byte[] take() {
        byte[] taken = Arrays.copyOf(line, length);
        length = 0;
        return taken;
    }
}
