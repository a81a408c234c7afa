package dev.modelsecrets.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * Tells one state of a file from another without reading it.
 *
 * <p>Clocks of file systems tick, and numbers of deleted files are used again: two states within one tick may look
 * alike. A stamp is settled once its file has been older than any tick when it was taken; only settled ones may be
 * trusted.
 */
record FileStamp(@Nullable Object fileKey, FileTime modified, long size, boolean settled) {

    private static final long TICK_MILLIS = 2_000;

    static FileStamp of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            // Reading a named pipe would wait for ever.
            throw new FileSystemException(file.toString(), null, "it is not a regular file");
        }
        FileTime modified = attributes.lastModifiedTime();
        long age = System.currentTimeMillis() - modified.toMillis();
        return new FileStamp(attributes.fileKey(), modified, attributes.size(), age > TICK_MILLIS);
    }

    /** Tells whether the file is certainly what it was when this stamp was taken. */
    boolean provesUnchanged(FileStamp later) {
        return settled && equals(later);
    }
}
