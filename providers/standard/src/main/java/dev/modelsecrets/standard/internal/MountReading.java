package dev.modelsecrets.standard.internal;

import dev.modelsecrets.Lookup;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of one look on daemon threads, so that one that waits for ever holds up nobody.
 *
 * <p>Java opens no file without waiting: a FIFO that somebody puts in the place of a file, after it was looked at and
 * before it is opened, keeps the thread until there is a writer. So when nothing is read for a while, one more thread
 * tries again what is open; the late one is left behind. Monitors are all it uses: the classes of {@code
 * java.util.concurrent} that would do the same are not in the JDK's class-data archive. Each instance reads once.
 */
final class MountReading implements Runnable {

    /** From here on more than one thread works. */
    private static final int LARGE = 256;

    private static final int MOST_WORKERS = 4;

    /** How many threads may have been left behind and still wait. */
    private static final int MOST_WAITING = 128;

    /** How long to wait for the next answer before one more thread tries; after the last of them it is given up. */
    private static final int[] PAUSES_MILLIS = {100, 400, 1_600, 6_400, 25_000};

    private final MountLook look;
    private final String[] names;

    /** Counts the threads at work for the same directory, those left behind included. */
    private final AtomicInteger threads;

    // Guarded by this.
    private final @Nullable Lookup[] answers;
    private int open;
    private int next;
    private @Nullable Throwable failure;

    /** The threads at work and whoever waits for them: the last one closes the look. */
    private int users = 1;

    /**
     * Prepares to read.
     *
     * @param look the look, closed by this when nobody uses it any more
     * @param threads counts the threads at work for the same directory, those left behind included
     */
    MountReading(MountLook look, String[] names, AtomicInteger threads) {
        this.look = look;
        this.names = names;
        this.threads = threads;
        answers = new Lookup[names.length];
        open = names.length;
    }

    /**
     * Reads all files.
     *
     * @param late what to answer where reading took too long
     * @return an answer for each name
     * @throws InterruptedException if this thread was interrupted
     */
    Lookup[] read(Lookup late) throws InterruptedException {
        try {
            await();
        } finally {
            leave();
        }
        return answers(late);
    }

    private synchronized void await() throws InterruptedException {
        int workers = names.length < LARGE
                ? 1
                : Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
        for (int i = 0; i < workers; i++) {
            start();
        }
        int before = open;
        int pause = 0;
        while (!isReadWithin(PAUSES_MILLIS[pause])) {
            pause = open < before ? 0 : pause + 1;
            before = open;
            if (pause == PAUSES_MILLIS.length || threads.get() > MOST_WAITING) {
                return;
            }
            if (pause > 0) {
                start();
            }
        }
    }

    private synchronized boolean isReadWithin(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = end - System.nanoTime(); open > 0 && left > 0; left = end - System.nanoTime()) {
            wait(left / 1_000_000 + 1);
        }
        return open == 0;
    }

    private synchronized Lookup[] answers(Lookup late) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        Lookup[] result = new Lookup[names.length];
        for (int i = 0; i < result.length; i++) {
            Lookup answer = answers[i];
            result[i] = answer == null ? late : answer;
        }
        return result;
    }

    private synchronized void start() {
        users++;
        threads.incrementAndGet();
        Thread thread = new Thread(null, this, "model-secrets-mount", 0, false);
        thread.setContextClassLoader(null);
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads on one of its threads: first what others have begun and not ended, then what is left. */
    @Override
    public void run() {
        try {
            int begun = begun();
            for (int i = 0; i < begun; i++) {
                read(i);
            }
            for (int i = takeNext(); i < names.length; i = takeNext()) {
                read(i);
            }
        } catch (RuntimeException | Error thrown) {
            fail(thrown);
        } finally {
            threads.decrementAndGet();
            leave();
        }
    }

    private void read(int i) {
        if (isOpen(i)) {
            settle(i, look.find(names[i]));
        }
    }

    private synchronized int begun() {
        return next;
    }

    private synchronized int takeNext() {
        return next < names.length ? next++ : names.length;
    }

    private synchronized boolean isOpen(int i) {
        return answers[i] == null;
    }

    private synchronized void settle(int i, Lookup answer) {
        if (answers[i] == null) {
            answers[i] = answer;
            if (--open == 0) {
                notifyAll();
            }
        }
    }

    private synchronized void fail(Throwable thrown) {
        failure = failure == null ? thrown : failure;
        open = 0;
        notifyAll();
    }

    private void leave() {
        if (isLast()) {
            look.close();
        }
    }

    private synchronized boolean isLast() {
        return --users == 0;
    }
}
