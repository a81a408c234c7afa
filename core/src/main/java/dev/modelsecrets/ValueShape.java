package dev.modelsecrets;

import java.util.Locale;
import java.util.Optional;
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

    private static final int LONGEST_PLACEHOLDER = 80;

    private ValueShape() {}

    /**
     * Says what is odd about a value.
     *
     * @return half a sentence that follows "the value"; empty if it looks as it should
     */
    static Optional<String> remark(String value) {
        return Optional.ofNullable(oddity(value));
    }

    private static @Nullable String oddity(String value) {
        boolean oneLine = isOneLine(value);
        if (oneLine && (value.endsWith("\n") || value.endsWith("\r"))) {
            return "ends in a line break, which an HTTP header cannot carry: set it without one (printf instead of echo)";
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
        if (oneLine && Character.isWhitespace(value.charAt(value.length() - 1))) {
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

    /** Tells whether the whole value is {@code ${NAME}}, {@code $(NAME)} or {@code {{ NAME }}}. */
    private static boolean isUnexpanded(String value) {
        return value.matches(
                "\\$\\{[A-Za-z_][^}\\n]{0,200}}|\\$\\([A-Za-z_][A-Za-z0-9_]{0,200}\\)|\\{\\{[^}\\n]{1,200}}}");
    }

    private static boolean isQuoted(String value) {
        char first = value.charAt(0);
        return value.length() > 1 && (first == '"' || first == '\'') && value.charAt(value.length() - 1) == first;
    }

    private static boolean isPlaceholder(String value) {
        if (value.length() > LONGEST_PLACEHOLDER) {
            return false;
        }
        String text = value.toLowerCase(Locale.ROOT);
        return PLACEHOLDERS.contains(text)
                || text.matches("<[^<>\\n]*>")
                || text.matches("your[-_ ].*(key|token|secret|password)([-_ ]here)?")
                || text.matches("[x*]{6,}");
    }
}
