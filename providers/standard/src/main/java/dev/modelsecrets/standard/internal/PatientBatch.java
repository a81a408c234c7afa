package dev.modelsecrets.standard.internal;

import dev.modelsecrets.Lookup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers many questions on daemon threads, so that one that waits for ever holds up nobody.
 *
 * <p>Java opens no file without waiting: a FIFO that somebody puts in the place of a file, after it was looked at and before
 * it is opened, keeps the thread until there is a writer. So when nothing is answered for a while, one more thread asks
 * again what is open; the late one is left behind. Each instance answers one batch.
 */
final class PatientBatch {

    /** From here on more than one thread works. */
    private static final int LARGE_BATCH = 256;

    private static final int MOST_WORKERS = 4;

    /** How many threads may have been left behind and still wait. */
    private static final int MOST_WAITING = 128;

    /** How long to wait for the next answer before one more thread asks; after the last of them it is given up. */
    private static final int[] PAUSES_MILLIS = {10, 40, 160, 640, 2_500, 10_000, 30_000};

    private final IntFunction<Lookup> question;
    private final Runnable end;
    private final int size;
    private final AtomicReferenceArray<@Nullable Lookup> answers;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch open;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** The threads of this batch and whoever waits for it: the last one ends it. */
    private final AtomicInteger users = new AtomicInteger(1);

    /**
     * Prepares a batch.
     *
     * @param question answers the question of a number; may be asked twice, and at the same time
     * @param end runs once, after the last question has been left
     */
    PatientBatch(int size, IntFunction<Lookup> question, Runnable end) {
        this.size = size;
        this.question = question;
        this.end = end;
        answers = new AtomicReferenceArray<>(size);
        open = new CountDownLatch(size);
    }

    /**
     * Asks all questions.
     *
     * @param threads counts the threads at work for the same directory, those left behind included
     * @param late what to answer where nothing was answered
     * @return an answer for each number
     * @throws InterruptedException if this thread was interrupted
     */
    Lookup[] ask(AtomicInteger threads, Lookup late) throws InterruptedException {
        try {
            int workers = size < LARGE_BATCH
                    ? 1
                    : Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
            for (int i = 0; i < workers; i++) {
                start(threads);
            }
            await(threads);
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

    private void await(AtomicInteger threads) throws InterruptedException {
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
                start(threads);
            }
        }
    }

    private void start(AtomicInteger threads) {
        users.incrementAndGet();
        threads.incrementAndGet();
        Thread thread = new Thread(null, () -> work(threads), "model-secrets-mount", 0, false);
        thread.setContextClassLoader(null);
        thread.setDaemon(true);
        thread.start();
    }

    private void work(AtomicInteger threads) {
        try {
            int asked = Math.min(size, next.get());
            for (int i = 0; i < asked; i++) {
                answer(i);
            }
            for (int i = next.getAndIncrement(); i < size; i = next.getAndIncrement()) {
                answer(i);
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

    private void answer(int i) {
        if (answers.get(i) == null && answers.compareAndSet(i, null, question.apply(i))) {
            open.countDown();
        }
    }

    private void leave() {
        if (users.decrementAndGet() == 0) {
            end.run();
        }
    }
}
