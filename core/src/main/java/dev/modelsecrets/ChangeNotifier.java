package dev.modelsecrets;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls listeners on a daemon thread of its own, in order, one at a time: a slow one delays nobody, and one may itself
 * ask for a refresh. The thread exists while there is something to tell. Thread-safe.
 */
final class ChangeNotifier {

    /** How long a close waits for a listener that has just been called. */
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

    private final Object lock = new Object();

    // All below are guarded by the lock.
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private @Nullable Thread thread;
    private boolean closed;

    /** Runs a task after all those before; after the close none is begun. */
    void submit(Runnable task) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            tasks.add(task);
            if (thread == null) {
                thread = Threads.daemon("model-secrets-listener", this::run);
                thread.start();
            }
        }
    }

    private void run() {
        for (Runnable task = next(); task != null; task = next()) {
            Gate.outlive(task, () -> "A listener");
        }
    }

    private @Nullable Runnable next() {
        synchronized (lock) {
            Runnable task = closed ? null : tasks.poll();
            if (task == null) {
                thread = null;
                lock.notifyAll();
            }
            return task;
        }
    }

    /** Begins no further task. Waits for a moment for the one under way, unless that is the caller. */
    void close() {
        synchronized (lock) {
            closed = true;
            tasks.clear();
            Waits.until(lock, LONGEST_WAIT, () -> thread == null || thread == Thread.currentThread());
        }
    }
}
