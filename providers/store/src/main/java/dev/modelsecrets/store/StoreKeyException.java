package dev.modelsecrets.store;

/**
 * A password or another key cannot be used: its file is missing, it is too short, or the service that holds it fails.
 */
public final class StoreKeyException extends SecretStoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message where the key was looked for, what is wrong with it and what to do; never the key
     */
    public StoreKeyException(String message) {
        super(message);
    }
}
