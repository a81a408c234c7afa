package dev.modelsecrets.store;

/**
 * The file of a store is truncated, was altered, or is no store at all; it was left as it is.
 */
public final class DamagedStoreException extends SecretStoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which file, what is wrong with it and what to do
     */
    public DamagedStoreException(String message) {
        super(message);
    }
}
