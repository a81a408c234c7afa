package dev.modelsecrets.internal;

import java.util.Collection;
import java.util.stream.Collectors;

/** Small pieces of message text. */
public final class Text {

    private static final int MOST_IN_A_LIST = 200;
    private static final int LONGEST_QUOTE = 64;
    private static final int LONGEST_LINE = 2_000;

    /** White space that Java takes for nothing but a control character. */
    private static final int NEXT_LINE = 0x85;

    /**
     * The combining grapheme joiner, the fillers of Hangul, the inherent vowels of Khmer, the variation selectors of
     * Mongolian and the empty pattern of Braille.
     */
    private static final String BLANK_SYMBOLS =
            "\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180F\u2800\u3164\uFFA0";

    private static final int FIRST_VARIATION_SELECTOR = 0xFE00;
    private static final int LAST_VARIATION_SELECTOR = 0xFE0F;

    /** Tags and more variation selectors; Unicode keeps all of it for what is not shown. */
    private static final int FIRST_OF_THE_INVISIBLE = 0xE0000;

    private static final int LAST_OF_THE_INVISIBLE = 0xE0FFF;

    private Text() {}

    /** Quotes text of unknown origin for a message: printable ASCII as it is, the rest escaped, long text cut. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        int shown = Math.min(text.length(), LONGEST_QUOTE);
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c <= '~') {
                quoted.append(c);
            } else {
                quoted.append(String.format("\\u%04x", (int) c));
            }
        }
        return quoted.append(shown < text.length() ? "...\"" : "\"").toString();
    }

    /**
     * Makes text of unknown origin fit into one line of a report: control characters, line separators, invisible
     * characters and lone surrogates are escaped, and long text is cut.
     */
    public static String line(String text) {
        int end = Math.min(text.length(), LONGEST_LINE);
        boolean plain = end == text.length();
        for (int i = 0; plain && i < end; i++) {
            char c = text.charAt(i);
            plain = c >= ' ' && c <= '~';
        }
        return plain ? text : escaped(text, end);
    }

    private static String escaped(String text, int end) {
        StringBuilder line = new StringBuilder(end + 16);
        for (int i = 0; i < end; i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (isPrintable(c)) {
                line.appendCodePoint(c);
            } else if (c == '\n') {
                line.append("\\n");
            } else if (c <= 0xFFFF) {
                line.append(String.format("\\u%04x", c));
            } else {
                line.append(String.format("\\U%08x", c));
            }
        }
        return line.append(end < text.length() ? "..." : "").toString();
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }

    /** Tells whether there is nothing to see: no character but white space of any kind and invisible ones. */
    public static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            char c = text.charAt(i);
            if (c <= '~' ? !Character.isWhitespace(c) : !isInvisible(text.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isInvisible(int c) {
        return Character.isSpaceChar(c)
                || Character.isWhitespace(c)
                || Character.getType(c) == Character.FORMAT
                || c == NEXT_LINE
                || BLANK_SYMBOLS.indexOf(c) >= 0
                || (c >= FIRST_VARIATION_SELECTOR && c <= LAST_VARIATION_SELECTOR)
                || (c >= FIRST_OF_THE_INVISIBLE && c <= LAST_OF_THE_INVISIBLE);
    }

    /** Returns the text without the one {@code \n} or {@code \r\n} that it may end in. */
    public static String withoutFinalLineBreak(String text) {
        if (!text.endsWith("\n")) {
            return text;
        }
        return text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
    }

    /** Lists names with commas between them; of thousands the first ones, and how many more there are. */
    public static String list(Collection<String> names) {
        String shown = names.stream().limit(MOST_IN_A_LIST).collect(Collectors.joining(", "));
        int more = names.size() - MOST_IN_A_LIST;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    /** Appends {@code text}, then spaces up to {@code width} characters. */
    public static StringBuilder pad(StringBuilder target, String text, int width) {
        target.append(text);
        for (int i = text.length(); i < width; i++) {
            target.append(' ');
        }
        return target;
    }
}
