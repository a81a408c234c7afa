package dev.modelsecrets.examples.secretsapi;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that work on the store: readers never wait behind writers, which may wait for a lock. Writers take turns
 * anyway, so that one thread is enough for them.
 */
final class StoreThreads implements AutoCloseable {

    private static final int QUEUE = 1000;

    private final ExecutorService readers = pool(4);
    private final ExecutorService writer = pool(1);

    private static ExecutorService pool(int threads) {
        return new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE));
    }

    /**
     * Does some work soon.
     *
     * @throws RejectedExecutionException if too much waits already
     */
    void execute(boolean read, Runnable work) {
        (read ? readers : writer).execute(work);
    }

    /** Lets what was begun end. */
    @Override
    public void close() {
        readers.shutdown();
        writer.shutdown();
    }
}
