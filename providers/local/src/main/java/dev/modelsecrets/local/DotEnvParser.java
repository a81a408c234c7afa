package dev.modelsecrets.local;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the syntax of {@code .env} files as Docker Compose documents it.
 *
 * <p>Names are letters, digits and {@code _ . - [ ]}, after an optional {@code export}; a name is followed by {@code =}
 * or, as in YAML, by a colon. The last of several lines with one name counts.
 */
final class DotEnvParser {

    private static final String ESCAPES = "abfnrtv\\\"";
    private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\\"";

    private final String text;
    private final @Nullable DotEnvExpansion expansion;
    private final Map<String, DotEnvVariable> variables = new LinkedHashMap<>();
    private int position;
    private int line = 1;

    private DotEnvParser(String text, @Nullable Map<String, String> environment) {
        this.text = text;
        this.expansion = environment == null ? null : new DotEnvExpansion(variables, environment);
        if (text.startsWith("\ufeff")) {
            position = 1;
        }
    }

    /** Reads a file as it is written: nothing is expanded. */
    static Map<String, DotEnvVariable> parse(String text) throws DotEnvSyntaxException {
        return new DotEnvParser(text, null).parse();
    }

    /** Reads a file and expands references to variables that stand above, or else in an environment. */
    static Map<String, DotEnvVariable> parseExpanding(String text, Map<String, String> environment)
            throws DotEnvSyntaxException {
        return new DotEnvParser(text, environment).parse();
    }

    private Map<String, DotEnvVariable> parse() throws DotEnvSyntaxException {
        while (nextStatement()) {
            int first = line;
            skipExport();
            String name = name();
            skipBlanks();
            @Nullable String value = null;
            if (position < text.length() && (peek() == '=' || peek() == ':')) {
                position++;
                value = value(first);
            } else if (!atLineEnd() && peek() != '#') {
                throw new DotEnvSyntaxException(first, "has no = after the name of the variable");
            }
            skipComment();
            variables.put(name, new DotEnvVariable(value, first));
        }
        return variables;
    }

    /** Goes to the next line that is neither empty nor a comment. */
    private boolean nextStatement() {
        while (position < text.length()) {
            char c = peek();
            if (c == '#') {
                skipComment();
            } else if (Character.isWhitespace(c)) {
                advance();
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipExport() {
        String keyword = "export";
        int end = position + keyword.length();
        if (text.startsWith(keyword, position) && end < text.length() && isBlank(text.charAt(end))) {
            position = end;
            skipBlanks();
        }
    }

    private String name() throws DotEnvSyntaxException {
        int start = position;
        while (position < text.length() && (Character.isLetterOrDigit(peek()) || "_.-[]".indexOf(peek()) >= 0)) {
            position++;
        }
        if (position == start) {
            throw new DotEnvSyntaxException(line, "does not begin with the name of a variable");
        }
        return text.substring(start, position);
    }

    private String value(int first) throws DotEnvSyntaxException {
        int start = position;
        skipBlanks();
        if (position < text.length() && (peek() == '\'' || peek() == '"')) {
            char quote = peek();
            String value = quoted(quote, first);
            skipBlanks();
            if (!atLineEnd() && peek() != '#') {
                throw new DotEnvSyntaxException(line, "has text after the closing quote");
            }
            return value;
        }
        while (!atLineEnd()) {
            position++;
        }
        String value = stripped(withoutComment(text.substring(start, position)));
        return expansion == null ? value : expansion.expand(value, first);
    }

    /** Strips white space of all kinds, the no-break space that comes with copied text included. */
    private static String stripped(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && isSpace(value.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static String withoutComment(String value) {
        for (int i = 1; i < value.length(); i++) {
            if (value.charAt(i) == '#' && isBlank(value.charAt(i - 1))) {
                return value.substring(0, i);
            }
        }
        return value;
    }

    /** Reads up to the closing quote: literally in single quotes, with escape sequences in double ones. */
    private String quoted(char quote, int first) throws DotEnvSyntaxException {
        StringBuilder value = new StringBuilder();
        advance();
        while (position < text.length()) {
            char c = peek();
            if (c == quote) {
                position++;
                return value.toString();
            }
            if (c == '\\' && position + 1 < text.length()) {
                escape(quote, value);
            } else if (c == '$' && quote == '"' && expansion != null) {
                position = expansion.expandAt(text, position, value, first);
            } else {
                value.append(c);
                advance();
            }
        }
        throw new DotEnvSyntaxException(first, "opens a quote that nothing closes");
    }

    private void escape(char quote, StringBuilder value) {
        char escaped = text.charAt(position + 1);
        int known = ESCAPES.indexOf(escaped);
        if (escaped == quote) {
            value.append(quote);
            position += 2;
        } else if (quote == '"' && escaped == '$') {
            value.append('$');
            position += 2;
        } else if (quote == '"' && known >= 0) {
            value.append(ESCAPED.charAt(known));
            position += 2;
        } else if (quote == '"' && isOctal(position + 1)) {
            value.append((char) Integer.parseInt(text.substring(position + 2, position + 5), 8));
            position += 5;
        } else {
            // Both characters stay, and what follows may be anything but this quote.
            value.append('\\').append(escaped);
            position++;
            advance();
        }
    }

    /** Tells whether a zero and three octal digits of a byte stand there. */
    private boolean isOctal(int start) {
        return text.startsWith("0", start)
                && start + 4 <= text.length()
                && text.substring(start + 1, start + 4).matches("[0-3][0-7]{2}");
    }

    private void skipBlanks() {
        while (position < text.length() && isBlank(peek())) {
            position++;
        }
    }

    private void skipComment() {
        while (!atLineEnd()) {
            position++;
        }
    }

    private boolean atLineEnd() {
        return position >= text.length() || peek() == '\n' || peek() == '\r';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private char peek() {
        return text.charAt(position);
    }

    /** Goes one character on; a line ends at a line feed, a carriage return, or both. */
    private void advance() {
        char c = text.charAt(position++);
        if (c == '\n' || (c == '\r' && !text.startsWith("\n", position))) {
            line++;
        }
    }
}
