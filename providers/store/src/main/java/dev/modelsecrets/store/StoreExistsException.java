package dev.modelsecrets.store;

/**
 * A store that is to be created has a file already; it was left as it is.
 */
public final class StoreExistsException extends SecretStoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which file
     */
    public StoreExistsException(String message) {
        super(message);
    }
}
