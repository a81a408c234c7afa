package dev.modelsecrets.testing.internal;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretAccessDeniedException;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.Subscription;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Refreshing secrets that look when a test tells them to. Their listeners run on a thread of their own, so a refresh
 * waits until they were told. Thread-safe.
 */
public final class Observer {

    private static final long LONGEST_WAIT_SECONDS = 10;

    private final RefreshingSecrets secrets;

    /** The one that listeners were called on last; a listener that rotates must not wait for itself. */
    private volatile @Nullable Thread listenerThread;

    /**
     * Observes refreshing secrets.
     *
     * @param secrets made a moment ago, before any other listener was added
     */
    public Observer(RefreshingSecrets secrets) {
        this.secrets = secrets;
        Subscription unused = secrets.onChange(change -> listenerThread = Thread.currentThread());
        Subscription unusedToo = secrets.onFailure(failure -> listenerThread = Thread.currentThread());
    }

    /**
     * Looks, and waits until all listeners were told what came of it.
     *
     * @return false if the test has closed them
     */
    @SuppressWarnings("ReferenceEquality") // a snapshot is the same object until something changes
    public boolean refresh() {
        CountDownLatch told = new CountDownLatch(1);
        Secrets before = secrets.get();
        boolean failedBefore = secrets.lastFailure().isPresent();
        // They come after all others of the code under test, so when they are told, all were.
        Subscription change = secrets.onChange(unused -> told.countDown());
        Subscription failure = secrets.onFailure(unused -> told.countDown());
        try {
            if (!look()) {
                return false;
            }
            boolean failed = secrets.lastFailure().isPresent();
            if (secrets.get() != before || (failed && !failedBefore)) {
                await(told);
            }
            return true;
        } finally {
            change.close();
            failure.close();
        }
    }

    private boolean look() {
        try {
            Secrets unused = secrets.refresh();
        } catch (SecretAccessDeniedException e) {
            // The test asked for it, and finds it in lastFailure().
        } catch (IllegalStateException e) {
            return false;
        }
        return true;
    }

    private void await(CountDownLatch told) {
        if (Thread.currentThread() == listenerThread) {
            return;
        }
        try {
            boolean unused = told.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the refreshing secrets. */
    public void close() {
        secrets.close();
    }
}
