package dev.modelsecrets.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words for what a file system says no with. */
final class StoreFailures {

    private StoreFailures() {}

    static StoreUnavailableException notWritten(String what, IOException e) {
        return isFull(e)
                ? new StoreFullException(
                        what + " cannot be written: the disk is full or the quota is used up; nothing was changed")
                : new StoreUnavailableException(what + " cannot be written: " + reason(e));
    }

    /** Tells that a change was made which its log does not have. */
    static StoreUnavailableException notLogged(String what, String log, IOException e) {
        return new StoreUnavailableException(what + " was changed, but " + log + " cannot be written: "
                + (isFull(e) ? "the disk is full or the quota is used up" : reason(e))
                + "; the next line of the log will say that one is missing");
    }

    private static boolean isFull(IOException e) {
        // The JDK has no type for a full disk; these are the words of the systems that it runs on.
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("not enough space") || text.contains("quota exceeded");
    }

    /** Returns what failed, without the path, which the message has already. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied for user " + System.getProperty("user.name");
        }
        if (e instanceof NoSuchFileException) {
            return "it does not exist, or a directory above it";
        }
        @Nullable String reason = e instanceof FileSystemException failure ? failure.getReason() : null;
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
