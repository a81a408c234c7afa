package dev.modelsecrets;

import java.util.function.BooleanSupplier;

/** Waiting on a lock with a limit. */
final class Waits {

    private Waits() {}

    /**
     * Waits until a condition holds or the time is over; the caller holds the lock. An interrupt ends the wait and
     * stays visible.
     */
    static void until(Object lock, long nanos, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long left = nanos - (System.nanoTime() - begin);
            if (left <= 0 || !await(lock, left / 1_000_000 + 1)) {
                return;
            }
        }
    }

    /**
     * Waits for a notification, which may be spurious: callers do so in a loop.
     *
     * @return false if this thread is interrupted, which stays visible
     */
    static boolean await(Object lock) {
        return await(lock, 0);
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    private static boolean await(Object lock, long millis) {
        try {
            lock.wait(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until a thread has ended or the time is over. An interrupt ends the wait and stays visible. */
    static void forEnd(Thread thread, long nanos) {
        try {
            thread.join(nanos / 1_000_000 + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
