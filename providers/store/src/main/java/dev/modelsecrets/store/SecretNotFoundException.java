package dev.modelsecrets.store;

/**
 * A secret that is to be changed, deleted, described or attached does not exist.
 */
public final class SecretNotFoundException extends RefusedOperationException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which secrets, and where they were looked for
     */
    public SecretNotFoundException(String message) {
        super(message);
    }
}
