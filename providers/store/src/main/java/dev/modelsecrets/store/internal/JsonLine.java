package dev.modelsecrets.store.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON without white space into a buffer that serves for one line after the other.
 *
 * <p>Nothing stays behind in it that a file does not have in the clear or encrypted. Used by one thread.
 */
public final class JsonLine {

    private final StringBuilder text = new StringBuilder();

    /** What was written last: all changes of a transaction have one time. */
    private @Nullable Instant time;

    private String timeText = "";

    /** Creates an empty buffer. */
    public JsonLine() {}

    /** Starts an object that is the line, or an item of an array. */
    public JsonLine object() {
        separate();
        text.append('{');
        return this;
    }

    /** Starts an object that is the value of a field. */
    public JsonLine object(String name) {
        name(name);
        text.append('{');
        return this;
    }

    /** Ends an object. */
    public JsonLine endObject() {
        text.append('}');
        return this;
    }

    /** Starts an array that is the value of a field. */
    public JsonLine array(String name) {
        name(name);
        text.append('[');
        return this;
    }

    /** Ends an array. */
    public JsonLine endArray() {
        text.append(']');
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

    /** Writes a field with a number. */
    public JsonLine field(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    /** Writes a field with a boolean. */
    public JsonLine field(String name, boolean value) {
        name(name);
        text.append(value);
        return this;
    }

    /** Writes a field with a time: ISO 8601, UTC. */
    public JsonLine field(String name, Instant value) {
        if (!Objects.equals(value, time)) {
            time = value;
            timeText = value.toString();
        }
        return field(name, timeText);
    }

    private void name(String name) {
        separate();
        quote(name);
        text.append(':');
    }

    private void separate() {
        char last = text.length() == 0 ? '{' : text.charAt(text.length() - 1);
        if (last != '{' && last != '[') {
            text.append(',');
        }
    }

    private void quote(String value) {
        text.append('"');
        if (isPlain(value)) {
            text.append(value);
        } else {
            value.chars().forEach(c -> append((char) c));
        }
        text.append('"');
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private void append(char c) {
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

    /** Returns the line in UTF-8, and starts an empty one. */
    public byte[] take() {
        byte[] line = text.toString().getBytes(StandardCharsets.UTF_8);
        text.setLength(0);
        return line;
    }
}
