package dev.modelsecrets.testing;

import dev.modelsecrets.SecretsException;

/** The fixtures of a test cannot be read, or contradict each other; the message says where, never a value. */
public final class SecretFixtureException extends SecretsException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which fixture, what is wrong with it and what to do; never a value
     */
    public SecretFixtureException(String message) {
        super(message);
    }
}
