package dev.modelsecrets.store;

import dev.modelsecrets.SecretsException;

/**
 * A store could not do what it was asked to; nothing was written.
 *
 * <p>The base of everything a store throws, and the type of errors that have no type of their own: a file that cannot
 * be read, a lock that is not free. Like every {@link SecretsException} it carries words only, never a value.
 */
public class SecretStoreException extends SecretsException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception that carries only its message.
     *
     * @param message what was looked at, what was found there and what to do next; never a value
     */
    public SecretStoreException(String message) {
        super(message);
    }
}
