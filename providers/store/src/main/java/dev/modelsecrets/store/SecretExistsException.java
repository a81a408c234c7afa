package dev.modelsecrets.store;

/**
 * A secret that is to be created exists already.
 */
public final class SecretExistsException extends RefusedOperationException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param name the secret's name
     */
    public SecretExistsException(String name) {
        super("secret " + name + " exists already; update or replace it instead");
    }
}
