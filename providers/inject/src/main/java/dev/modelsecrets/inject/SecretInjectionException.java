package dev.modelsecrets.inject;

import dev.modelsecrets.SecretsException;

/**
 * Secrets could not be put into variables, arguments or files; the message lists every problem, never a value.
 */
public final class SecretInjectionException extends SecretsException {

    private static final long serialVersionUID = 1L;

    SecretInjectionException(String message) {
        super(message);
    }
}
