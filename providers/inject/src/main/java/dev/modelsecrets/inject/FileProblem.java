package dev.modelsecrets.inject;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The words for what a file system refused: the path, and the reason of the operating system. */
final class FileProblem {

    private FileProblem() {}

    static SecretInjectionException exception(Path path, String participle, IOException failure) {
        return new SecretInjectionException(describe(path, participle, failure));
    }

    static String describe(Path path, String participle, IOException failure) {
        return path + " cannot be " + participle + ": " + reason(failure);
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (failure instanceof NoSuchFileException) {
            return "it does not exist, or a directory above it";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "it is not empty";
        }
        // The message of a FileSystemException repeats its paths; any other one is the operating system's reason.
        @Nullable
        String reason = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }
}
