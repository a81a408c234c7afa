package dev.modelsecrets;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One find on a thread of its own, so that a provider that hangs does not hold up the resolve. */
final class BoundedFind implements Runnable {

    private final SecretProvider provider;
    private final Set<String> names;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable Map<String, Lookup> answers;

    BoundedFind(SecretProvider provider, Set<String> names) {
        this.provider = provider;
        this.names = names;
    }

    @Override
    public void run() {
        try {
            answers = Providers.find(provider, names);
        } finally {
            done.countDown();
        }
    }

    /** Returns the answers, or for each name the failure that there was none in time. */
    Map<String, Lookup> await(Duration limit, long nanosLeft) {
        Thread thread = Threads.daemon("model-secrets-find", this);
        try {
            thread.start();
            if (!done.await(nanosLeft, TimeUnit.NANOSECONDS)) {
                thread.interrupt();
                return failed("did not answer within the deadline of " + Durations.describe(limit)
                        + ". Check that it can be reached, or allow more time with deadline(..)");
            }
        } catch (InterruptedException interrupt) {
            thread.interrupt();
            return failed(Gate.problem(interrupt));
        }
        Map<String, Lookup> complete = answers;
        return complete == null ? failed("failed with an error of the JVM") : complete;
    }

    private Map<String, Lookup> failed(String problem) {
        return Providers.forEach(names, Lookup.failed(problem));
    }
}
