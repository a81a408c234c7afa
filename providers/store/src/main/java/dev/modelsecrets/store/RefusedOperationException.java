package dev.modelsecrets.store;

/**
 * An operation was refused because of what it asks for; the store itself works, and nothing was changed.
 *
 * <p>The base of everything that the caller can mend: a secret that exists already, a version that is not current, keys
 * that do not fit together. A server answers these with a status of the 400s and every other {@link
 * SecretStoreException} with a status of the 500s.
 */
public abstract class RefusedOperationException extends SecretStoreException {

    private static final long serialVersionUID = 1L;

    RefusedOperationException(String message) {
        super(message);
    }
}
