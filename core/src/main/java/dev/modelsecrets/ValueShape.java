package dev.modelsecrets;

import dev.modelsecrets.internal.Text;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a value looks like when it was probably set by mistake. The value itself is never changed, and never quoted.
 */
final class ValueShape {

    private static final Set<String> PLACEHOLDERS = Set.of(
            "***",
            "changeme",
            "change_me",
            "change-me",
            "todo",
            "tbd",
            "fixme",
            "xxx",
            "xxxx",
            "placeholder",
            "replaceme",
            "replace_me",
            "replace-me",
            "dummy");

    private static final String[] NOUNS = {"key", "token", "secret", "password"};

    private static final int LONGEST_PLACEHOLDER = 80;

    private ValueShape() {}

    /**
     * Says what is odd about a value.
     *
     * @return half a sentence that follows "the value"; null if it looks as it should
     */
    static @Nullable String remark(String value) {
        boolean oneLine = isOneLine(value);
        if (oneLine && (value.endsWith("\n") || value.endsWith("\r"))) {
            return "ends in a line break, which an HTTP header cannot carry:"
                    + " set it without one (printf instead of echo)";
        }
        if (value.charAt(0) == '\uFEFF') {
            return "begins with a byte order mark: save it without one";
        }
        if (oneLine && hasControlCharacter(value)) {
            return "has a control character, which an HTTP header cannot carry: set it again without";
        }
        if (isUnexpanded(value)) {
            return "looks like a variable that was not expanded: set it to the variable's value";
        }
        if (isQuoted(value)) {
            return "is in quotes, which are part of it: remove them where it is set";
        }
        if (value.startsWith("-----BEGIN ") && value.contains("\\n") && value.indexOf('\n') < 0) {
            return "has the two characters \\n where a PEM needs line breaks: store it with real line breaks";
        }
        if (isPlaceholder(value.strip())) {
            return "looks like a placeholder: set the real one";
        }
        if (oneLine && Text.isBlank(value.substring(value.length() - 1))) {
            return "ends in white space: remove it where it is set";
        }
        return null;
    }

    private static boolean isOneLine(String value) {
        int end = value.length();
        while (end > 0 && (value.charAt(end - 1) == '\n' || value.charAt(end - 1) == '\r')) {
            end--;
        }
        return value.indexOf('\n') < 0 || value.indexOf('\n') >= end;
    }

    private static boolean hasControlCharacter(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i)) && value.charAt(i) != '\t') {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the whole value is {@code ${NAME}}, {@code $(NAME)}, {@code {{ NAME }}} or the like. */
    private static boolean isUnexpanded(String value) {
        return isEnclosed(value, "${{", "}}")
                || isEnclosed(value, "${", "}")
                || isEnclosed(value, "$(", ")")
                || isEnclosed(value, "{{", "}}");
    }

    /** Tells whether there is one name of a variable, or a short expression with one, between two marks. */
    private static boolean isEnclosed(String value, String begin, String end) {
        if (!value.startsWith(begin) || !value.endsWith(end) || value.length() > LONGEST_PLACEHOLDER) {
            return false;
        }
        String inside = value.substring(begin.length(), Math.max(begin.length(), value.length() - end.length()));
        return inside.length() > 0
                && (Character.isLetter(inside.charAt(0)) || "_ ".indexOf(inside.charAt(0)) >= 0)
                && inside.indexOf('}') < 0
                && inside.indexOf('\n') < 0;
    }

    private static boolean isQuoted(String value) {
        char first = value.charAt(0);
        return value.length() > 1 && (first == '"' || first == '\'') && value.charAt(value.length() - 1) == first;
    }

    private static boolean isPlaceholder(String value) {
        if (value.length() > LONGEST_PLACEHOLDER) {
            return false;
        }
        if (value.startsWith("<") && value.endsWith(">")) {
            return value.indexOf('<', 1) < 0;
        }
        String text = value.toLowerCase(Locale.ROOT);
        return PLACEHOLDERS.contains(text) || isAskedFor(text) || (text.length() >= 6 && isOnly(text, 'x'));
    }

    /** Tells whether it is {@code your-api-key}, {@code your_token_here} and the like. */
    private static boolean isAskedFor(String text) {
        if (!text.startsWith("your") || text.length() < 6 || Character.isLetterOrDigit(text.charAt(4))) {
            return false;
        }
        for (String noun : NOUNS) {
            if (text.endsWith(noun) || (text.endsWith("here") && text.contains(noun))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOnly(String text, char letter) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != letter && text.charAt(i) != '*') {
                return false;
            }
        }
        return true;
    }
}
