package dev.modelsecrets.testing.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * Which output belongs to which watched test.
 *
 * <p>A test owns the thread that it runs on and, by inheritance, the threads that are started from it. What a thread
 * prints that belongs to no watched test goes to the one that runs, if tests run one by one; if they run in parallel,
 * it belongs to nobody. This is one of two places with static state, which output streams of the process make
 * unavoidable.
 */
public final class LeakWatch {

    private static final InheritableThreadLocal<@Nullable Capture> OWNER = new InheritableThreadLocal<>();

    /** Tests that run alone; more than one only where a test runs tests. */
    private static final List<Capture> ALONE = new CopyOnWriteArrayList<>();

    private LeakWatch() {}

    /** Begins to capture what the calling thread prints and logs, and the threads that it starts. */
    static Capture begin(int minimumLength, boolean parallel) {
        Capture capture = new Capture(minimumLength, parallel, OWNER.get());
        Streams.install();
        if (!parallel) {
            ALONE.add(capture);
        }
        OWNER.set(capture);
        return capture;
    }

    /** Ends a capture on the thread that began it, and returns what was leaked. */
    static List<String> end(Capture capture) {
        if (capture.before() == null) {
            OWNER.remove();
        } else {
            OWNER.set(capture.before());
        }
        ALONE.remove(capture);
        Streams.uninstall();
        return capture.end();
    }

    /**
     * Makes the test that runs on this thread, if it is watched, look for these values too.
     *
     * @param values values by name
     */
    public static void remember(Map<String, String> values) {
        Capture capture = current();
        if (capture != null) {
            capture.remember(values);
        }
    }

    /** Returns the capture that the calling thread's output belongs to. */
    static @Nullable Capture current() {
        Capture capture = OWNER.get();
        if (capture != null && capture.isLive() && isOwn(capture)) {
            return capture;
        }
        // Reads twice what others change meanwhile, so by an array.
        Capture[] alone = ALONE.toArray(new Capture[0]);
        return alone.length == 0 ? null : alone[alone.length - 1];
    }

    /** Tells a thread that was started by a test from a pool's thread that merely happened to be. */
    private static boolean isOwn(Capture capture) {
        Thread thread = Thread.currentThread();
        if (thread == capture.thread() || !(thread instanceof ForkJoinWorkerThread worker)) {
            return true;
        }
        ForkJoinPool pool = worker.getPool();
        boolean runsOtherTests = pool == capture.pool();
        boolean worksForAll = pool == ForkJoinPool.commonPool() && capture.isParallel();
        return !runsOtherTests && !worksForAll;
    }
}
