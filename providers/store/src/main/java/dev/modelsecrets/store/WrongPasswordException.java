package dev.modelsecrets.store;

/**
 * The password does not open the store; the store itself is sound as far as one can tell without the password.
 */
public final class WrongPasswordException extends SecretStoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which file, and where the password came from; never the password
     */
    public WrongPasswordException(String message) {
        super(message);
    }
}
