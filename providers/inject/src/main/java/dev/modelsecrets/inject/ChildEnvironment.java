package dev.modelsecrets.inject;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What the JDK and the operating system can hand to a child process in a variable or an argument.
 *
 * <p>The JDK encodes variables as the locale says, and replaces what that encoding lacks by {@code ?}, silently. In a
 * container without a locale the encoding is US-ASCII.
 *
 * @param encodable tells whether a value arrives as it is
 * @param longest how many bytes a variable, {@code NAME=value}, or an argument may have, the final NUL included
 */
record ChildEnvironment(Predicate<String> encodable, int longest) {

    /** {@code MAX_ARG_STRLEN} of Linux: with a longer string {@code exec} fails, and does not say which one it was. */
    private static final int LONGEST_ON_LINUX = 128 << 10;

    static ChildEnvironment ofThisMachine() {
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
        return new ChildEnvironment(ChildEnvironment::canEncode, linux ? LONGEST_ON_LINUX : Integer.MAX_VALUE);
    }

    boolean isTooLong(String string) {
        return string.getBytes(StandardCharsets.UTF_8).length >= longest;
    }

    private static boolean canEncode(String value) {
        if (File.separatorChar == '\\') {
            // Windows takes UTF-16.
            return true;
        }
        if (Runtime.version().feature() < 19) {
            return Charset.defaultCharset().newEncoder().canEncode(value);
        }
        // From JDK 19 on, variables have the encoding of paths, which refuse what they cannot encode.
        try {
            Path unused = Path.of(value);
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
