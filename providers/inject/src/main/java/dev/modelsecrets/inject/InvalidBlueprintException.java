package dev.modelsecrets.inject;

import dev.modelsecrets.SecretsException;

/** A document is not a blueprint that a process can be made from; the message says where and what it should be. */
public final class InvalidBlueprintException extends SecretsException {

    private static final long serialVersionUID = 1L;

    InvalidBlueprintException(String message) {
        super(message);
    }
}
