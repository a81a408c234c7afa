package dev.modelsecrets.standard.internal;

import java.nio.file.Path;

/** Text of unknown origin, such as the name of a file, for a message of one line. */
public final class Printable {

    private Printable() {}

    /**
     * Returns a path with every character escaped that would break a line or steer a terminal.
     *
     * @param path a path, whatever its name
     */
    public static String path(Path path) {
        return line(path.toString());
    }

    /** Returns a text with every character escaped that would break a line or steer a terminal. */
    static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int c = text.codePointAt(i);
            switch (c == '\n' ? -1 : Character.getType(c)) {
                case -1 -> line.append("\\n");
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE -> line.append(String.format(c <= 0xFFFF ? "\\u%04x" : "\\U%08x", c));
                default -> line.appendCodePoint(c);
            }
        }
        return line.toString();
    }

    /**
     * Returns a path as one word of a shell command, on one line: in single quotes if it needs them, and with escapes
     * ({@code $'..'}) if it has what would break the line or steer a terminal.
     */
    public static String shellWord(Path path) {
        String text = path.toString();
        if (text.matches("[-A-Za-z0-9_./,:@%+=]+")) {
            return text;
        }
        return line(text).equals(text)
                ? inQuotes(text)
                : "$'" + line(text.replace("\\", "\\\\").replace("'", "\\'")) + "'";
    }

    /** Returns a text as one word of a shell command, in single quotes. */
    public static String inQuotes(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
