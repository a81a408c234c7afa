package dev.modelsecrets.standard.internal;

import dev.modelsecrets.SecretProviderException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Words for what went wrong with a file. */
final class FileProblem {

    static final String INTERRUPTED = "was not read: the thread was interrupted. Resolve again";
    static final String CIRCLE = "is a link that leads in a circle";

    private FileProblem() {}

    // The callers name IOException only, and no class of ours that extends it: before a method runs for the first time,
    // the
    // JVM loads each exception class that its class throws or catches, and a cold start pays for it.

    /**
     * Returns the exception for a file that is there but holds nothing to hand over.
     *
     * @param problem what is wrong, worded to follow the file's path
     */
    static IOException unfit(String problem) {
        return new UnfitFileException(problem);
    }

    /**
     * Returns the exception for something else that took the place of a file between the look at it and its opening.
     */
    static IOException swapped() {
        return new SwappedException();
    }

    static boolean isSwapped(IOException failure) {
        return failure instanceof SwappedException;
    }

    static boolean isMissing(IOException failure) {
        return failure instanceof NoSuchFileException;
    }

    /**
     * Returns the exception for a directory that cannot be read as a whole.
     *
     * @param provider the name of the provider
     * @param problem what is wrong, with the path of the directory
     */
    static RuntimeException ofProvider(String provider, String problem) {
        return new SecretProviderException(provider, problem);
    }

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
