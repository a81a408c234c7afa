package dev.modelsecrets;

import java.util.function.BooleanSupplier;

/** Waiting on a lock with a limit. */
final class Waits {

    private Waits() {}

    /**
     * Waits until a condition holds or the time is over; the caller holds the lock. An interrupt ends the wait and stays
     * visible.
     */
    static void until(Object lock, long nanos, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long left = nanos - (System.nanoTime() - begin);
            if (left <= 0 || !awaitOnce(lock, left)) {
                return;
            }
        }
    }

    /** Waits for a notification, which may be spurious: callers do so in a loop; false if this thread is interrupted, which stays visible. */
    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    static boolean awaitOnce(Object lock, long nanos) {
        try {
            lock.wait(nanos / 1_000_000 + 1);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
