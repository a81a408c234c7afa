package dev.modelsecrets.spark;

import dev.modelsecrets.SecretsException;

/** The driver is to hand secrets over to executors, but Spark's RPC is not authenticated and encrypted. */
public final class HandOverRefusedException extends SecretsException {

    private static final long serialVersionUID = 1L;

    HandOverRefusedException(String message) {
        super(message);
    }
}
