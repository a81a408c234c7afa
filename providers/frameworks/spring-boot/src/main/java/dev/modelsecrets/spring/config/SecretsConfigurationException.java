package dev.modelsecrets.spring.config;

import dev.modelsecrets.SecretsException;

/** The properties {@code model-secrets.*} or a location of {@code spring.config.import} cannot be used as they are. */
public final class SecretsConfigurationException extends SecretsException {

    private static final long serialVersionUID = 1L;

    SecretsConfigurationException(String message) {
        super(message);
    }
}
