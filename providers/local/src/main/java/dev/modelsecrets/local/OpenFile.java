package dev.modelsecrets.local;

import dev.modelsecrets.standard.SecretFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/** Warns once of a file with secrets that others can read. Thread-safe. */
final class OpenFile {

    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private final AtomicBoolean warned = new AtomicBoolean();

    void warnOf(Path file) {
        remark(file).filter(text -> !warned.getAndSet(true)).ifPresent(OpenFile::warn);
    }

    /** Logs a warning; a logger that throws takes no secret along. */
    private static void warn(String text) {
        try {
            LoggerFactory.getLogger("dev.modelsecrets").warn(text);
        } catch (RuntimeException | Error failure) {
            if (failure instanceof VirtualMachineError error) {
                throw error;
            }
        }
    }

    /** Says that others can read a file, if they can. */
    static Optional<String> remark(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)
                    ? Optional.of(SecretFiles.shellWord(file)
                            + " can be read by other users of this machine: chmod 600 " + SecretFiles.shellWord(file))
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            // Permissions of this kind are unknown here, so that there is nothing to say.
            return Optional.empty();
        }
    }
}
