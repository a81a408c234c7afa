package dev.modelsecrets.store.internal;

import dev.modelsecrets.store.internal.Json.Field;
import dev.modelsecrets.store.internal.Json.Kind;
import dev.modelsecrets.store.internal.Json.MalformedJsonException;
import dev.modelsecrets.store.internal.Json.Node;
import org.jspecify.annotations.Nullable;

/**
 * Reads what files of stores and batches of operations usually are: JSON without escapes, fractions and tabs.
 *
 * <p>Whatever else it meets, be it JSON or not, it leaves to {@link Json}. It is here because a process that
 * resolves ten names of 1,000 takes 16 % less time without the classes of Jackson.
 */
public final class PlainJson {

    private static final int DEEPEST = 8;
    private static final int MOST_DIGITS = 18;

    /** What no character of a text is taken for: a NUL that stands in it is not plain. */
    private static final char END = '\0';

    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    private PlainJson(String text) {
        this.text = text;
    }

    /**
     * Parses a document.
     *
     * @param text the whole document
     * @return its root
     * @throws MalformedJsonException if it is not JSON
     */
    public static Node parse(String text) throws MalformedJsonException {
        PlainJson reader = new PlainJson(text);
        Node root = reader.value(0);
        reader.skip();
        return root != null && reader.at == text.length() ? root : Json.parse(text);
    }

    /** Returns the next value, or null if it is not plain. */
    private @Nullable Node value(int depth) {
        skip();
        int column = at - lineStart + 1;
        switch (current()) {
            case '{' -> {
                return object(new Node(Kind.OBJECT, line, column, ""), depth + 1);
            }
            case '[' -> {
                return array(new Node(Kind.ARRAY, line, column, ""), depth + 1);
            }
            case '"' -> {
                return scalar(Kind.STRING, column, string());
            }
            case 't' -> {
                return scalar(Kind.BOOLEAN, column, word("true"));
            }
            case 'f' -> {
                return scalar(Kind.BOOLEAN, column, word("false"));
            }
            default -> {
                return scalar(Kind.NUMBER, column, digits());
            }
        }
    }

    private @Nullable Node scalar(Kind kind, int column, @Nullable String text) {
        return text == null ? null : new Node(kind, line, column, text);
    }

    private @Nullable Node object(Node object, int depth) {
        at++;
        if (take('}')) {
            return object;
        }
        do {
            skip();
            String name = string();
            Node value = name == null || depth > DEEPEST || !take(':') ? null : value(depth);
            if (name == null || value == null) {
                return null;
            }
            object.fields().add(new Field(name, value));
        } while (take(','));
        return take('}') ? object : null;
    }

    private @Nullable Node array(Node array, int depth) {
        at++;
        if (take(']')) {
            return array;
        }
        do {
            Node item = depth > DEEPEST ? null : value(depth);
            if (item == null) {
                return null;
            }
            array.items().add(item);
        } while (take(','));
        return take(']') ? array : null;
    }

    private @Nullable String string() {
        int start = at + 1;
        int end = current() == '"' ? text.indexOf('"', start) : -1;
        for (int i = start; i < end; i++) {
            if (text.charAt(i) == '\\' || text.charAt(i) < ' ') {
                return null;
            }
        }
        if (end < 0) {
            return null;
        }
        at = end + 1;
        return text.substring(start, end);
    }

    private @Nullable String word(String word) {
        if (!text.startsWith(word, at)) {
            return null;
        }
        at += word.length();
        return word;
    }

    /** Returns a number without sign, fraction and leading zeros. */
    private @Nullable String digits() {
        int start = at;
        while (current() >= '0' && current() <= '9') {
            at++;
        }
        int length = at - start;
        boolean plain = length == 1 || (length > 1 && length <= MOST_DIGITS && text.charAt(start) != '0');
        return plain ? text.substring(start, at) : null;
    }

    private boolean take(char wanted) {
        skip();
        if (current() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void skip() {
        while (current() == ' ' || current() == '\n') {
            at++;
            if (text.charAt(at - 1) == '\n') {
                line++;
                lineStart = at;
            }
        }
    }

    private char current() {
        return at < text.length() ? text.charAt(at) : END;
    }
}
