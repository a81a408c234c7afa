package dev.modelsecrets.store;

/**
 * Other writers held the lock of the store for longer than this one was told to wait; nothing was changed.
 */
public final class StoreLockedException extends StoreUnavailableException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which file, how long it was waited for, and what to do
     */
    public StoreLockedException(String message) {
        super(message);
    }
}
