package dev.modelsecrets.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/**
 * The string and number values inside a text that looks like JSON, each with the key it stands under.
 *
 * <p>This is for finding more to redact, so it is lenient: what is not JSON gives fewer or odd values, never an error.
 */
final class JsonFields {

    private final String text;
    private final BiConsumer<String, String> target;

    /** The keys of the arrays and objects that are open; their elements go by them. */
    private final Deque<String> keys = new ArrayDeque<>();

    private String key = "";

    private JsonFields(String text, BiConsumer<String, String> target) {
        this.text = text;
        this.target = target;
    }

    static boolean looksLikeJson(String text) {
        if (!text.startsWith("[")) {
            return text.startsWith("{");
        }
        int next = 1;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        // Not the header of a section, as in [default].
        return next < text.length() && "{[]\"-0123456789".indexOf(text.charAt(next)) >= 0;
    }

    /**
     * Reads a text.
     *
     * @param text what {@link #looksLikeJson}
     * @param target takes keys and values; the key of an array's element is that of the array, else it is empty
     */
    static void read(String text, BiConsumer<String, String> target) {
        new JsonFields(text, target).read();
    }

    private void read() {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '"') {
                i = readString(i + 1);
            } else if (c == '-' || (c >= '0' && c <= '9')) {
                int end = i;
                while (end < text.length() && ",]}: \t\r\n".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                target.accept(key, text.substring(i, end));
                i = end;
            } else {
                readPunctuation(c);
                i++;
            }
        }
    }

    private void readPunctuation(char c) {
        if (c == '[' || c == '{') {
            keys.push(key);
        } else if (c == ']' || c == '}') {
            key = keys.isEmpty() ? "" : keys.pop();
        }
    }

    /** Reads a key or a value up to its closing quote and returns the position after that. */
    private int readString(int start) {
        StringBuilder value = new StringBuilder();
        int i = start;
        while (i < text.length() && text.charAt(i) != '"') {
            char c = text.charAt(i++);
            if (c != '\\' || i == text.length()) {
                value.append(c);
                continue;
            }
            char escape = text.charAt(i++);
            int simple = "btnfr".indexOf(escape);
            if (escape == 'u' && i + 4 <= text.length()) {
                value.append(hex(i));
                i += 4;
            } else {
                value.append(simple >= 0 ? "\b\t\n\f\r".charAt(simple) : escape);
            }
        }
        i++;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        if (i < text.length() && text.charAt(i) == ':') {
            key = value.toString();
            return i + 1;
        }
        target.accept(key, value.toString());
        return i;
    }

    private char hex(int start) {
        int code = 0;
        for (int i = start; i < start + 4; i++) {
            code = code * 16 + Math.max(0, Character.digit(text.charAt(i), 16));
        }
        return (char) code;
    }
}
