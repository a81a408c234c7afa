package dev.modelsecrets.store;

/**
 * A password or another key does not open the store, or its key slot was altered; the file was left as it is.
 */
public final class WrongKeyException extends SecretStoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which file, and where the key came from; never the key
     */
    public WrongKeyException(String message) {
        super(message);
    }
}
