package dev.modelsecrets.standard.internal;

import dev.modelsecrets.Lookup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Answers many questions on daemon threads, so that one that waits for ever holds up nobody.
 *
 * <p>Java opens no file without waiting: a FIFO that somebody puts in the place of a file, after it was looked at and before
 * it is opened, keeps the thread until there is a writer. So when nothing is answered for a while, one more thread asks
 * again what is open; the late one is left behind. Each instance answers one batch.
 */
abstract class PatientBatch implements Runnable {

    /** From here on more than one thread works. */
    private static final int LARGE_BATCH = 256;

    private static final int MOST_WORKERS = 4;

    /** How many threads may have been left behind and still wait. */
    private static final int MOST_WAITING = 128;

    /** How long to wait for the next answer before one more thread asks; after the last of them it is given up. */
    private static final int[] PAUSES_MILLIS = {100, 400, 1_600, 6_400, 25_000};

    private final int size;

    /** Counts the threads at work for the same directory, those left behind included. */
    private final AtomicInteger threads;

    private final AtomicReferenceArray<@Nullable Lookup> answers;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch open;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** The threads of this batch and whoever waits for it: the last one ends it. */
    private final AtomicInteger users = new AtomicInteger(1);

    /**
     * Prepares a batch.
     *
     * @param threads counts the threads at work for the same directory, those left behind included
     */
    PatientBatch(int size, AtomicInteger threads) {
        this.size = size;
        this.threads = threads;
        answers = new AtomicReferenceArray<>(size);
        open = new CountDownLatch(size);
    }

    /** Answers the question of a number; may be asked twice, and at the same time. */
    abstract Lookup answer(int number);

    /** Ends the batch, after the last question has been left. */
    abstract void end();

    /**
     * Asks all questions.
     *
     * @param late what to answer where nothing was answered
     * @return an answer for each number
     * @throws InterruptedException if this thread was interrupted
     */
    Lookup[] ask(Lookup late) throws InterruptedException {
        try {
            int workers = size < LARGE_BATCH
                    ? 1
                    : Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
            for (int i = 0; i < workers; i++) {
                start();
            }
            await();
        } finally {
            leave();
        }
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        Lookup[] result = new Lookup[size];
        for (int i = 0; i < size; i++) {
            Lookup answer = answers.get(i);
            result[i] = answer == null ? late : answer;
        }
        return result;
    }

    private void await() throws InterruptedException {
        long before = open.getCount();
        int pause = 0;
        while (!open.await(PAUSES_MILLIS[pause], TimeUnit.MILLISECONDS)) {
            long now = open.getCount();
            pause = now < before ? 0 : pause + 1;
            before = now;
            if (pause == PAUSES_MILLIS.length || threads.get() > MOST_WAITING) {
                return;
            }
            if (pause > 0) {
                start();
            }
        }
    }

    private void start() {
        users.incrementAndGet();
        threads.incrementAndGet();
        Thread thread = new Thread(null, this, "model-secrets-mount", 0, false);
        thread.setContextClassLoader(null);
        thread.setDaemon(true);
        thread.start();
    }

    /** Works on one of its threads. */
    @Override
    public final void run() {
        try {
            int asked = Math.min(size, next.get());
            for (int i = 0; i < asked; i++) {
                settle(i);
            }
            for (int i = next.getAndIncrement(); i < size; i = next.getAndIncrement()) {
                settle(i);
            }
        } catch (RuntimeException | Error thrown) {
            failure.compareAndSet(null, thrown);
            while (open.getCount() > 0) {
                open.countDown();
            }
        } finally {
            threads.decrementAndGet();
            leave();
        }
    }

    private void settle(int i) {
        if (answers.get(i) == null && answers.compareAndSet(i, null, answer(i))) {
            open.countDown();
        }
    }

    private void leave() {
        if (users.decrementAndGet() == 0) {
            end();
        }
    }
}
