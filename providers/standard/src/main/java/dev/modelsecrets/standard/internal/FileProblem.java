package dev.modelsecrets.standard.internal;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Words for what went wrong with a file. */
final class FileProblem {

    static final String INTERRUPTED = "was not read: the thread was interrupted. Resolve again";
    static final String CIRCLE = "is a link that leads in a circle";

    private FileProblem() {}

    /**
     * Says what went wrong, worded to follow the file's path.
     *
     * @param failure what the file system threw
     * @return words that hold a reason of the operating system, and nothing of the file
     */
    static String of(IOException failure) {
        if (failure instanceof UnfitFileException) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof ClosedByInterruptException) {
            return INTERRUPTED;
        }
        if (failure instanceof AccessDeniedException) {
            return "cannot be read: permission denied for " + user();
        }
        if (failure instanceof FileSystemLoopException) {
            return CIRCLE;
        }
        if (failure instanceof NotDirectoryException) {
            return "is not a directory";
        }
        @Nullable String reason = failure instanceof FileSystemException e ? e.getReason() : null;
        if (reason == null) {
            return "cannot be read: " + failure.getClass().getSimpleName();
        }
        return reason.contains("symbolic links") ? CIRCLE : "cannot be read: " + Printable.line(reason);
    }

    /** Returns the user of this process; its number where it has no name, as in many containers. */
    private static String user() {
        String name = System.getProperty("user.name", "?");
        return name.isBlank() || name.equals("?") ? "uid " + uid() : "user " + name;
    }

    private static String uid() {
        try {
            return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | RuntimeException e) {
            return "?";
        }
    }
}
