package dev.modelsecrets.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Reads the small files that passwords and keys are in. */
final class KeyMaterial {

    private static final int LARGEST = 4096;

    private KeyMaterial() {}

    /**
     * Reads a file as a whole.
     *
     * @param what what the file is, for messages: "the password file"
     * @param warned set once it was said that everybody can read the file
     */
    static byte[] read(Path file, String what, AtomicBoolean warned) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new StoreKeyException(what + " " + file + " is not a regular file");
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(LARGEST + 1);
            }
            if (bytes.length > LARGEST) {
                throw new StoreKeyException(what + " " + file + " is larger than 4 KiB");
            }
            warnIfOpenToAll(file, what, warned);
            return bytes;
        } catch (NoSuchFileException e) {
            throw new StoreKeyException(what + " " + file + " does not exist");
        } catch (IOException e) {
            throw new StoreKeyException(what + " " + file + " cannot be read: " + StoreFailures.reason(e));
        }
    }

    private static void warnIfOpenToAll(Path file, String what, AtomicBoolean warned) throws IOException {
        @Nullable
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class, new LinkOption[0]);
        // Group may read: Kubernetes gives a mounted file to the group of the pod.
        if (view != null
                && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)
                && warned.compareAndSet(false, true)) {
            LoggerFactory.getLogger("dev.modelsecrets")
                    .warn("everybody on this machine can read {} {}; run: chmod 600 {}", what, file, file);
        }
    }
}
