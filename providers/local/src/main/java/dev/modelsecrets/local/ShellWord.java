package dev.modelsecrets.local;

import java.nio.file.Path;

/** Paths in commands that a message tells somebody to run. */
final class ShellWord {

    private ShellWord() {}

    /**
     * Returns a path as one word of a shell command, on one line: in single quotes if it needs them, and with escapes
     * ({@code $'..'}) if it has what would break the line or steer a terminal.
     */
    static String of(Path path) {
        String text = path.toString();
        if (text.matches("[-A-Za-z0-9_./,:@%+=]+")) {
            return text;
        }
        if (text.codePoints().allMatch(ShellWord::isPrintable)) {
            return "'" + text.replace("'", "'\\''") + "'";
        }
        StringBuilder word = new StringBuilder("$'");
        text.codePoints().forEach(c -> append(c, word));
        return word.append('\'').toString();
    }

    private static void append(int c, StringBuilder word) {
        if (c == '\n') {
            word.append("\\n");
        } else if (!isPrintable(c)) {
            word.append(String.format(c <= 0xFFFF ? "\\u%04x" : "\\U%08x", c));
        } else {
            word.append(c == '\'' || c == '\\' ? "\\" : "").appendCodePoint(c);
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
