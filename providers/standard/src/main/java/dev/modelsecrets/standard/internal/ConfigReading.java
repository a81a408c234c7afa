package dev.modelsecrets.standard.internal;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document on daemon threads: a FIFO that takes the file's place right before it is opened keeps the thread
 * that opens it until there is a writer, so whoever asked must not be that thread. Each instance reads once.
 */
final class ConfigReading implements Runnable {

    /** How long to wait before one more thread tries; after the last of them it is given up. */
    private static final int[] PAUSES_MILLIS = {500, 2_000, 8_000, 20_000};

    private final Path file;
    private final int size;
    private final int limit;

    // Guarded by this.
    private byte @Nullable [] bytes;
    private @Nullable IOException problem;
    private @Nullable Throwable failure;
    private boolean isDone;

    /**
     * Prepares to read.
     *
     * @param file the real path of a regular file
     * @param size how many bytes it has
     * @param limit the most bytes that it may have
     */
    ConfigReading(Path file, int size, int limit) {
        this.file = file;
        this.size = size;
        this.limit = limit;
    }

    /**
     * Reads the document.
     *
     * @throws IOException if it cannot be read, or whoever opens it is kept waiting
     * @throws InterruptedException if this thread was interrupted
     */
    byte[] read() throws IOException, InterruptedException {
        for (int pause : PAUSES_MILLIS) {
            Thread thread = new Thread(null, this, "model-secrets-config", 0, false);
            thread.setContextClassLoader(null);
            thread.setDaemon(true);
            thread.start();
            if (isDoneWithin(pause)) {
                return result();
            }
        }
        throw FileProblem.unfit("keeps whoever opens it waiting, as a FIFO does");
    }

    private synchronized boolean isDoneWithin(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = end - System.nanoTime(); !isDone && left > 0; left = end - System.nanoTime()) {
            wait(left / 1_000_000 + 1);
        }
        return isDone;
    }

    private synchronized byte[] result() throws IOException {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (bytes == null) {
            throw problem == null ? FileProblem.unfit("was not read") : problem;
        }
        return bytes;
    }

    @Override
    public void run() {
        try (SeekableByteChannel channel = Files.newByteChannel(file, LinkOption.NOFOLLOW_LINKS)) {
            end(SecretFile.read(channel, size, limit), null, null);
        } catch (IOException e) {
            end(null, e, null);
        } catch (RuntimeException | Error e) {
            end(null, null, e);
        }
    }

    private synchronized void end(
            byte @Nullable [] read, @Nullable IOException thrown, @Nullable Throwable unexpected) {
        if (!isDone) {
            isDone = true;
            bytes = read;
            problem = thrown;
            failure = unexpected;
            notifyAll();
        }
    }
}
