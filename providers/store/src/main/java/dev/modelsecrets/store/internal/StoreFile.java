package dev.modelsecrets.store.internal;

import dev.modelsecrets.store.SecretStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file that is replaced as a whole: readers see the old or the new state, whatever happens to the writer.
 *
 * <p>A write goes to {@code <file>.tmp}, is forced to the disk and renamed; the directory is forced too. Writers take
 * turns by a lock on {@code <file>.lock}, which is never deleted: whoever deletes a lock file lets two in.
 */
public final class StoreFile {

    private final Path file;
    private final Duration lockTimeout;

    /**
     * Creates an access to a file that need not exist.
     *
     * @param file the file, or a link to it
     * @param lockTimeout how long to wait for other writers
     */
    public StoreFile(Path file, Duration lockTimeout) {
        this.file = file.toAbsolutePath();
        this.lockTimeout = lockTimeout;
    }

    /** Returns the path as it was given, made absolute. */
    public Path path() {
        return file;
    }

    /** Tells whether the file exists. */
    public boolean exists() {
        return Files.exists(file);
    }

    /**
     * Reads the whole file.
     *
     * @throws SecretStoreException if it does not exist or cannot be read
     */
    public byte[] read() {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new SecretStoreException("the store " + file + " does not exist; create it first");
        } catch (IOException e) {
            throw new SecretStoreException("the store " + file + " cannot be read: " + reason(e));
        }
    }

    /**
     * Replaces the whole file; the caller holds the lock.
     *
     * @throws SecretStoreException if it cannot be written; it is then what it was
     */
    public void replace(byte[] bytes) {
        try {
            Path target = target();
            Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
            // Left over by a writer that was killed; nobody else writes now.
            Files.deleteIfExists(temporary);
            try {
                write(temporary, bytes);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Files.deleteIfExists(temporary);
                throw e;
            }
            forceDirectory(target.getParent());
        } catch (IOException e) {
            throw new SecretStoreException("the store " + file + " cannot be written: " + reason(e));
        }
    }

    private static void write(Path temporary, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(temporary))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Forces the new name to the disk, where the system lets a program open a directory. */
    private static void forceDirectory(@Nullable Path directory) {
        if (directory != null && isPosix(directory)) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException e) {
                // The new state is in place, and whole; only a power cut could bring the old one back.
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Returns the file itself, so that a link to it stays a link. */
    private Path target() throws IOException {
        if (Files.exists(file)) {
            return file.toRealPath();
        }
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new FileSystemException(String.valueOf(directory), null, "the directory does not exist");
        }
        return directory.toRealPath().resolve(file.getFileName());
    }

    /**
     * Runs work while no other thread or process holds the lock.
     *
     * @throws SecretStoreException if the lock is not free in time, or cannot be taken
     */
    public <T> T locked(Supplier<T> work) {
        Path lock;
        try {
            Path target = target();
            lock = target.resolveSibling(target.getFileName() + ".lock");
        } catch (IOException e) {
            throw new SecretStoreException("the store " + file + " cannot be locked: " + reason(e));
        }
        // File locks belong to the process, and closing any channel of the lock file gives them up. So the threads of
        // this process, class loaders included, first queue at an object that there is once: the interned name.
        synchronized (("dev.modelsecrets.store:" + lock).intern()) {
            try (FileChannel channel = FileChannel.open(
                    lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly(lock))) {
                try (FileLock held = acquire(channel, lock)) {
                    assert held.isValid();
                    return work.get();
                }
            } catch (IOException e) {
                throw new SecretStoreException("the store " + file + " cannot be locked: " + reason(e));
            }
        }
    }

    private FileLock acquire(FileChannel channel, Path lock) throws IOException {
        long start = System.nanoTime();
        while (true) {
            FileLock held = channel.tryLock();
            if (held != null) {
                return held;
            }
            if (System.nanoTime() - start > lockTimeout.toNanos()) {
                throw new SecretStoreException("the store " + file + " was locked by another process for "
                        + lockTimeout.toSeconds() + " s; find who holds " + lock + ", and do not delete that file");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new SecretStoreException("interrupted while waiting for the lock of the store " + file);
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000, 5_000_000));
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied for user " + System.getProperty("user.name");
        }
        @Nullable String reason = failure instanceof FileSystemException e ? e.getReason() : null;
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }
}
