package dev.modelsecrets.standard;

import dev.modelsecrets.standard.internal.ConfigFile;
import dev.modelsecrets.standard.internal.FileProblem;
import dev.modelsecrets.standard.internal.MalformedException;
import dev.modelsecrets.standard.internal.Printable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads files that hold secrets, by the rules of the standard providers: for providers of other conventions.
 *
 * <p>A file is regular, has at most 1 MiB and is strict UTF-8. Links are followed, also while a kubelet replaces what
 * they lead to; a file is missing only if the links on the way still lead to nothing. It is read on a daemon thread of
 * its own, so that a FIFO in its place keeps nobody waiting for ever. Not instantiable; thread-safe.
 *
 * <pre>{@code
 * Optional<String> token = SecretFiles.read(Path.of("/run/keys/token"));
 * }</pre>
 */
public final class SecretFiles {

    private static final int LARGEST_FILE = 1 << 20;

    private SecretFiles() {}

    /**
     * Returns the text of a file that is one secret, as it stands there, final line break included.
     *
     * @param file the file
     * @return its text; empty if there is no such file
     * @throws MalformedDocumentException if it begins with a byte order mark, is not UTF-8, is too large or no regular
     *     file, or cannot be read, as when this thread was interrupted
     */
    public static Optional<String> read(Path file) {
        return read(file, false);
    }

    /**
     * Returns the text of a file that holds several secrets, without the byte order mark that it may begin with.
     *
     * @param file the file
     * @return its text; empty if there is no such file
     * @throws MalformedDocumentException if it is not UTF-8, is too large or no regular file, or cannot be read, as
     *     when this thread was interrupted
     */
    public static Optional<String> readDocument(Path file) {
        return read(file, true);
    }

    private static Optional<String> read(Path file, boolean mayHaveMark) {
        try {
            ConfigFile read = ConfigFile.read(file, LARGEST_FILE, mayHaveMark, ": store binary data as base64");
            return read == null ? Optional.empty() : Optional.of(read.text());
        } catch (MalformedException e) {
            throw new MalformedDocumentException(e.problem());
        }
    }

    /**
     * Returns a path as one word of a shell command, for a remedy: on one line, and in quotes if it needs them.
     *
     * @param file the file
     * @return the word; with escapes ({@code $'..'}) if the path has what would break the line or steer a terminal
     */
    public static String shellWord(Path file) {
        return Printable.shellWord(file);
    }

    /**
     * Tells whether there is no such file, and no link on the way to it is just being replaced.
     *
     * @param file the file
     * @return false if something is there, or if that cannot be told
     */
    public static boolean isMissing(Path file) {
        return FileProblem.isGone(file);
    }
}
