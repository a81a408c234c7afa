package dev.modelsecrets;

/**
 * Ends a watch or stops a listener when closed.
 *
 * <p>Closing it twice has no effect. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

    /** Ends it; no call begins after this returns. */
    @Override
    void close();

    /**
     * Returns a subscription to nothing.
     *
     * @return one whose {@code close} has no effect
     */
    static Subscription none() {
        return () -> {};
    }
}
