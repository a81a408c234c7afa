package dev.modelsecrets.standard;

import dev.modelsecrets.SecretsException;

/**
 * A model's {@code config.yaml} cannot be read; the message says where and what to change, and quotes nothing of it.
 */
public final class ModelConfigException extends SecretsException {

    private static final long serialVersionUID = 1L;

    ModelConfigException(String message) {
        super(message);
    }
}
