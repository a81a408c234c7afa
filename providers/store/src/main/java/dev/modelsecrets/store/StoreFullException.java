package dev.modelsecrets.store;

/**
 * There is no room on the disk for a change; the store is what it was before.
 */
public final class StoreFullException extends StoreUnavailableException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which file, and what to do
     */
    public StoreFullException(String message) {
        super(message);
    }
}
