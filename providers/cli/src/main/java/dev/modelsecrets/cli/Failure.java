package dev.modelsecrets.cli;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.SecretAccessDeniedException;
import dev.modelsecrets.SecretConflictException;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.store.AttachmentRefusedException;
import dev.modelsecrets.store.SecretExistsException;
import dev.modelsecrets.store.SecretInUseException;
import dev.modelsecrets.store.SecretNotFoundException;
import dev.modelsecrets.store.StoreExistsException;
import dev.modelsecrets.store.VersionConflictException;
import dev.modelsecrets.store.WrongKeyException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/**
 * How an exception ends the command: one message and a code.
 *
 * <p>Messages of the library are fit to be shown. Those of other code are not shown, as they may quote a value.
 */
record Failure(int code, String message) {

    static Failure of(Throwable thrown) {
        if (thrown instanceof CommandException e) {
            return new Failure(e.code(), e.getMessage());
        }
        if (thrown instanceof SecretsException e) {
            return new Failure(codeOf(e), String.valueOf(e.getMessage()));
        }
        if (thrown instanceof UncheckedIOException e) {
            return new Failure(
                    ExitCode.FAILED,
                    "standard output cannot be written: "
                            + reason(Objects.requireNonNullElseGet(e.getCause(), IOException::new)));
        }
        if (thrown instanceof IOException e) {
            return new Failure(ExitCode.FAILED, reason(e));
        }
        if (thrown instanceof InterruptedException) {
            return new Failure(ExitCode.FAILED, "interrupted");
        }
        if (thrown instanceof LinkageError) {
            return new Failure(
                    ExitCode.FAILED, "a library that this needs is not on the class path (" + place(thrown) + ")");
        }
        return new Failure(ExitCode.FAILED, "an error of the program itself: " + place(thrown));
    }

    private static int codeOf(SecretsException e) {
        if (e instanceof InvalidSecretNameException) {
            return ExitCode.USAGE;
        }
        if (e instanceof MissingSecretsException || e instanceof SecretNotFoundException) {
            return ExitCode.MISSING;
        }
        if (e instanceof SecretAccessDeniedException || e instanceof WrongKeyException) {
            return ExitCode.DENIED;
        }
        boolean conflict = e instanceof SecretConflictException
                || e instanceof SecretExistsException
                || e instanceof SecretInUseException
                || e instanceof VersionConflictException
                || e instanceof AttachmentRefusedException
                || e instanceof StoreExistsException;
        return conflict ? ExitCode.CONFLICT : ExitCode.FAILED;
    }

    /** Says why a file or a stream failed, in words of this program. */
    static String reason(IOException e) {
        if (e instanceof FileSystemException fileSystem && fileSystem.getFile() != null) {
            return fileSystem.getFile() + " " + reasonOf(fileSystem);
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("No space left on device")) {
            return "the disk is full";
        }
        if (message.contains("Broken pipe") || message.contains("Stream closed")) {
            return "its reader has closed it";
        }
        if (e instanceof FileNotFoundException) {
            return "a file does not exist or cannot be opened";
        }
        return "an input or output error (" + e.getClass().getSimpleName() + ")";
    }

    private static String reasonOf(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "cannot be accessed: permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "exists already";
        }
        String reason = e.getReason();
        if (reason != null && reason.contains("No space left on device")) {
            return "cannot be written: the disk is full";
        }
        return reason == null ? "cannot be used (" + e.getClass().getSimpleName() + ")" : "cannot be used: " + reason;
    }

    /** Says what was thrown and where, for a report of a bug. */
    private static String place(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return thrown.getClass().getName()
                + (trace.length == 0 ? "" : " in " + trace[0].getClassName() + "." + trace[0].getMethodName());
    }
}
