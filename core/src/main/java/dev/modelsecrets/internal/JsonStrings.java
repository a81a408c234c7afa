package dev.modelsecrets.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The string and number values inside a text that looks like JSON.
 *
 * <p>This is for finding more to redact, so it is lenient: what is not JSON gives fewer or odd values, never an error.
 */
final class JsonStrings {

    private JsonStrings() {}

    static List<String> valuesIn(String text) {
        List<String> values = new ArrayList<>();
        String stripped = text.strip();
        if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
            return values;
        }
        for (int i = 0; i < stripped.length(); i++) {
            char c = stripped.charAt(i);
            if (c == '"') {
                StringBuilder value = new StringBuilder();
                i = readString(stripped, i + 1, value);
                if (!isKey(stripped, i + 1)) {
                    values.add(value.toString());
                }
            } else if (c == '-' || Character.isDigit(c)) {
                int end = i;
                while (end < stripped.length() && ",]}: \t\r\n".indexOf(stripped.charAt(end)) < 0) {
                    end++;
                }
                values.add(stripped.substring(i, end));
                i = end;
            }
        }
        return values;
    }

    /** Reads up to the closing quote and returns its position. */
    private static int readString(String text, int start, StringBuilder value) {
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
                value.append(hex(text.substring(i, i + 4)));
                i += 4;
            } else {
                value.append(simple >= 0 ? "\b\t\n\f\r".charAt(simple) : escape);
            }
        }
        return i;
    }

    private static char hex(String digits) {
        int code = 0;
        for (int i = 0; i < digits.length(); i++) {
            code = code * 16 + Math.max(0, Character.digit(digits.charAt(i), 16));
        }
        return (char) code;
    }

    private static boolean isKey(String text, int after) {
        int i = after;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i < text.length() && text.charAt(i) == ':';
    }
}
