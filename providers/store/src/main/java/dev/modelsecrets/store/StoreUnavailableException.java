package dev.modelsecrets.store;

/**
 * The file of a store cannot be read or written: it does not exist, permission is denied, or the disk fails.
 */
public class StoreUnavailableException extends SecretStoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which file, what failed and what to do
     */
    public StoreUnavailableException(String message) {
        super(message);
    }
}
