package dev.modelsecrets.store;

/**
 * A change was based on a version of a secret that is no longer the current one.
 */
public final class VersionConflictException extends RefusedOperationException {

    private static final long serialVersionUID = 1L;

    private final long expected;
    private final long actual;

    /**
     * Creates the exception.
     *
     * @param name the secret's name
     * @param expected the version that the change was based on
     * @param actual the version that the store has
     */
    public VersionConflictException(String name, long expected, long actual) {
        super("secret " + name + " is at version " + actual + ", not " + expected
                + ": somebody changed it meanwhile; describe it again and repeat the change");
        this.expected = expected;
        this.actual = actual;
    }

    /**
     * Returns the version that the change was based on.
     *
     * @return the stale version
     */
    public long expected() {
        return expected;
    }

    /**
     * Returns the version that the store has.
     *
     * @return the current version
     */
    public long actual() {
        return actual;
    }
}
