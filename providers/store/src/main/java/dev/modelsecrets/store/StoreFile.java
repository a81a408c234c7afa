package dev.modelsecrets.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file that is replaced as a whole: readers see the old or the new state, whatever happens to the writer.
 *
 * <p>A write goes to {@code <file>.tmp}, is forced to the disk and renamed; the directory is forced too. Writers take
 * turns by a lock on {@code <file>.lock}, which is never deleted: if it were deleted, two processes could hold the
 * lock.
 */
final class StoreFile {

    /**
     * One lock for each lock file of this process. File locks belong to the process, and closing any channel of the
     * lock file gives them up, so that threads have to queue before they open one.
     */
    private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final Path file;
    private final Duration lockTimeout;

    StoreFile(Path file, Duration lockTimeout) {
        this.file = file.toAbsolutePath();
        this.lockTimeout = lockTimeout;
    }

    /** Returns the path as it was given, made absolute. */
    Path path() {
        return file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Returns what tells this state of the file from an earlier one. */
    FileStamp stamp() {
        try {
            return FileStamp.of(file);
        } catch (IOException e) {
            throw notRead(e);
        }
    }

    byte[] read() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw notRead(e);
        }
    }

    private StoreUnavailableException notRead(IOException e) {
        return new StoreUnavailableException(
                e instanceof NoSuchFileException
                        ? "the store " + file + " does not exist; create it first"
                        : "the store " + file + " cannot be read: " + StoreFailures.reason(e));
    }

    /**
     * Replaces the whole file, which keeps its owner, group and mode; the caller holds the lock.
     *
     * @throws StoreUnavailableException if it cannot be written; it is then what it was
     */
    void replace(byte[] bytes) {
        try {
            Path target = target();
            Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
            // Left over by a writer that was killed; nobody else writes now.
            Files.deleteIfExists(temporary);
            try {
                write(temporary, bytes);
                if (Files.exists(target)) {
                    Ownership.copy(target, temporary);
                }
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Files.deleteIfExists(temporary);
                throw e;
            }
            forceDirectory(target.getParent());
        } catch (IOException e) {
            throw StoreFailures.notWritten("the store " + file, e);
        }
    }

    private static void write(Path temporary, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                Ownership.ownerOnly(temporary))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Forces the new name to the disk, where the system lets a program open a directory. */
    private static void forceDirectory(@Nullable Path directory) {
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException e) {
                // The new state is in place, and whole; only a power cut could bring the old one back.
            }
        }
    }

    /** Returns the file itself, so that a link to it stays a link. */
    private Path target() throws IOException {
        if (Files.exists(file)) {
            return file.toRealPath();
        }
        if (Files.isSymbolicLink(file)) {
            throw new FileSystemException(file.toString(), null, "it is a link to a file that does not exist");
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
     * @throws StoreLockedException if the lock is not free in time
     * @throws StoreUnavailableException if it cannot be taken
     */
    <T> T locked(Supplier<T> work) {
        Path target;
        try {
            target = target();
        } catch (IOException e) {
            throw notLocked(e);
        }
        Path lock = target.resolveSibling(target.getFileName() + ".lock");
        ReentrantLock threads = THREADS.computeIfAbsent(lock, any -> new ReentrantLock());
        if (threads.isHeldByCurrentThread()) {
            throw new IllegalStateException("a change of the store " + file + " is made within another one");
        }
        long deadline = System.nanoTime() + lockTimeout.toNanos();
        boolean mine = false;
        try {
            mine = threads.tryLock(lockTimeout.toNanos(), TimeUnit.NANOSECONDS);
            if (!mine) {
                throw timedOut(lock);
            }
            return locked(work, target, lock, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } finally {
            if (mine) {
                threads.unlock();
            }
        }
    }

    private <T> T locked(Supplier<T> work, Path target, Path lock, long deadline) {
        try (FileChannel channel = openLock(target, lock);
                FileLock held = acquire(channel, lock, deadline)) {
            assert held.isValid();
            return work.get();
        } catch (IOException e) {
            throw notLocked(e);
        }
    }

    /** Opens the lock file; a new one belongs to whom the store belongs to. */
    private static FileChannel openLock(Path target, Path lock) throws IOException {
        if (Files.exists(lock)) {
            return FileChannel.open(lock, StandardOpenOption.WRITE);
        }
        FileChannel channel = FileChannel.open(
                lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), Ownership.ownerOnly(lock));
        try {
            if (Files.exists(target)) {
                Ownership.copy(target, lock);
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private FileLock acquire(FileChannel channel, Path lock, long deadline) throws IOException {
        while (true) {
            FileLock held = tryLock(channel);
            if (held != null) {
                return held;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw timedOut(lock);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted();
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000, 5_000_000));
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this class in another class loader of this process.
            return null;
        }
    }

    private StoreLockedException timedOut(Path lock) {
        return new StoreLockedException("the store " + file + " was locked by other writers for "
                + lockTimeout.toSeconds() + " s; find who holds " + lock + ", and do not delete that file");
    }

    private StoreLockedException interrupted() {
        return new StoreLockedException("interrupted while waiting for the lock of the store " + file);
    }

    private StoreUnavailableException notLocked(IOException e) {
        return new StoreUnavailableException("the store " + file + " cannot be locked: " + StoreFailures.reason(e));
    }
}
