package dev.modelsecrets.standard.internal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lets the YAML parser read {@code "https:\/\/x"}: JSON allows the escape {@code \/}, and so do YAML 1.2 and PyYAML,
 * but not this parser.
 *
 * <p>Each {@code \/} becomes an escape that the document does not use otherwise, such as {@code \a}, of the same
 * length, so that every line and column stays. In double quotes the parser makes one character of it, anywhere else it
 * leaves the two alone; both are turned back. Immutable.
 */
final class SlashEscapes {

    private static final String SLASH = "\\/";

    /** Escapes that hardly any document uses: the letter, the character, the character's number. */
    private static final String[][] UNUSUAL = {
        {"\\a", "\u0007", "07"}, {"\\v", "\u000b", "0b"}, {"\\e", "\u001b", "1b"}, {"\\b", "\b", "08"}
    };

    private final String[] standIn;

    private SlashEscapes(String[] standIn) {
        this.standIn = standIn;
    }

    /** Returns what to replace in a document; null if it has no such escape, or uses all those that could stand in. */
    static @Nullable SlashEscapes in(String document) {
        if (!document.contains(SLASH)) {
            return null;
        }
        String text = document.toLowerCase(Locale.ROOT);
        for (String[] escape : UNUSUAL) {
            boolean used = text.contains(escape[0])
                    || text.contains("\\x" + escape[2])
                    || text.contains("\\u00" + escape[2])
                    || text.contains("\\u000000" + escape[2]);
            if (!used) {
                return new SlashEscapes(escape);
            }
        }
        return null;
    }

    /** Returns the document for the parser. */
    String replace(String document) {
        StringBuilder replaced = new StringBuilder(document);
        for (int i = document.indexOf('\\'); i >= 0; i = document.indexOf('\\', i + 2)) {
            // A backslash in front takes the next one with it: of \\/ nothing is an escaped slash.
            if (document.startsWith(SLASH, i)) {
                replaced.setCharAt(i + 1, standIn[0].charAt(1));
            }
        }
        return replaced.toString();
    }

    /** Returns a scalar of the replaced document as it was meant. */
    String restore(String scalar, boolean inDoubleQuotes) {
        return inDoubleQuotes ? scalar.replace(standIn[1], "/") : scalar.replace(standIn[0], SLASH);
    }
}
