package dev.modelsecrets;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides who looks and when: a daemon thread at its pace, and callers who want a look now. At most one look is under
 * way. No lock is held during a look. Thread-safe.
 */
final class RefreshLoop {

    /** How long a close waits for a look that is under way. */
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

    private final Looker looker;
    private final Pacing pacing;
    private final Thread thread = Threads.daemon("model-secrets-refresh", this::run);
    private final Object lock = new Object();

    // All below are guarded by the lock.
    private long begun;
    private long finished;
    private @Nullable Thread running;
    private boolean announced;
    private boolean closed;

    /** Looks at the providers. */
    interface Looker {

        /**
         * Looks once.
         *
         * @param mustRead whether to read the values whatever the versions of the providers say
         */
        Look look(boolean mustRead);
    }

    /**
     * How a look ended.
     *
     * @param afterwards run once the look is over, so that it may itself wait for another one
     */
    record Look(boolean ok, boolean changed, @Nullable Instant firstExpiry, Runnable afterwards) {

        static Look succeeded(boolean changed, @Nullable Instant firstExpiry, Runnable afterwards) {
            return new Look(true, changed, firstExpiry, afterwards);
        }

        static Look failed(@Nullable Instant firstExpiry, Runnable afterwards) {
            return new Look(false, false, firstExpiry, afterwards);
        }
    }

    /** @param interval the pause between looks in nanoseconds; zero if there is none */
    RefreshLoop(long interval, Looker looker) {
        this.looker = looker;
        pacing = new Pacing(interval);
    }

    /** Starts the thread after a first look that succeeded. */
    void start(@Nullable Instant firstExpiry) {
        synchronized (lock) {
            pacing.succeeded(System.nanoTime(), false, false, firstExpiry, Instant.now());
        }
        thread.start();
    }

    /** Asks for a look soon: a provider says that something may have changed. */
    void announce() {
        synchronized (lock) {
            announced = true;
            lock.notifyAll();
        }
    }

    private void run() {
        while (awaitTurn()) {
            Gate.outlive(this::lookTogether, () -> "A refresh");
        }
    }

    /** Waits until it is time for a look; false if this is closed. */
    private boolean awaitTurn() {
        synchronized (lock) {
            while (!closed) {
                long now = System.nanoTime();
                long left = pacing.untilNextLook(now);
                if (announced) {
                    left = Math.min(left, pacing.untilAnnouncedLook(now));
                }
                if (left <= 0) {
                    return true;
                }
                try {
                    lock.wait(left == Pacing.NEVER ? 0 : left / 1_000_000 + 1);
                } catch (InterruptedException e) {
                    // Only close() ends this thread.
                }
            }
            return false;
        }
    }

    /**
     * Makes one look that begins after this call, or waits for somebody else's. A provider that asks for it during a
     * look, and a caller that is interrupted, get no look of their own.
     *
     * @return false if this is closed
     */
    boolean lookTogether() {
        boolean wasAnnounced;
        boolean mustRead;
        synchronized (lock) {
            if (running == Thread.currentThread()) {
                return true;
            }
            long wanted = begun + 1;
            while (running != null && finished < wanted && !closed) {
                if (!Waits.await(lock)) {
                    return true;
                }
            }
            if (finished >= wanted || closed) {
                return !closed;
            }
            begun++;
            running = Thread.currentThread();
            wasAnnounced = announced;
            announced = false;
            mustRead = wasAnnounced || pacing.mustRead();
        }
        // An interrupt of our own thread is for us; that of a caller is the look's business.
        Look look = Look.failed(null, () -> {});
        try {
            look = looker.look(mustRead);
        } finally {
            synchronized (lock) {
                note(look, wasAnnounced);
                running = null;
                finished = begun;
                lock.notifyAll();
            }
        }
        look.afterwards.run();
        return true;
    }

    private void note(Look look, boolean wasAnnounced) {
        long now = System.nanoTime();
        if (look.ok) {
            pacing.succeeded(now, wasAnnounced, look.changed, look.firstExpiry, Instant.now());
        } else {
            pacing.failed(now, wasAnnounced, look.firstExpiry, Instant.now());
        }
    }

    boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    /** Does something that must not happen after the close; false if this is closed. */
    boolean unlessClosed(Runnable action) {
        synchronized (lock) {
            if (!closed) {
                action.run();
            }
            return !closed;
        }
    }

    /**
     * Ends the thread and waits for a moment for a look that is under way; false if this was closed before. A thread
     * that has ended keeps no values from being collected.
     */
    boolean close() {
        boolean idle;
        synchronized (lock) {
            if (closed) {
                return false;
            }
            closed = true;
            lock.notifyAll();
            if (running == thread && thread != Thread.currentThread()) {
                thread.interrupt();
            }
            Waits.until(lock, LONGEST_WAIT, () -> running == null || running == Thread.currentThread());
            idle = running == null;
        }
        if (idle && thread != Thread.currentThread()) {
            Waits.forEnd(thread, LONGEST_WAIT);
        }
        return true;
    }
}
