package dev.modelsecrets.inject;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What the JDK can hand to a child process in a variable.
 *
 * <p>It encodes variables as the locale says, and replaces what that encoding lacks by {@code ?}, silently. In a
 * container without a locale the encoding is US-ASCII.
 */
final class EnvironmentEncoding {

    private EnvironmentEncoding() {}

    static boolean canEncode(String value) {
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
