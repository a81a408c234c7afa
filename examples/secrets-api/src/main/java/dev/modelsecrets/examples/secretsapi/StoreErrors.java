package dev.modelsecrets.examples.secretsapi;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.store.AttachmentRefusedException;
import dev.modelsecrets.store.RefusedOperationException;
import dev.modelsecrets.store.SecretExistsException;
import dev.modelsecrets.store.SecretInUseException;
import dev.modelsecrets.store.SecretNotFoundException;
import dev.modelsecrets.store.VersionConflictException;

/** The HTTP status of what a store refuses, and of what it cannot do. */
final class StoreErrors {

    private StoreErrors() {}

    /** Tells whether the client can do nothing about it, so that it belongs into the log of the server. */
    static boolean isFailure(SecretsException error) {
        return !(error instanceof RefusedOperationException) && !(error instanceof InvalidSecretNameException);
    }

    /** The answer names no path of this machine. */
    static Answer answer(SecretsException error) {
        String message = String.valueOf(error.getMessage());
        if (error instanceof InvalidSecretNameException) {
            return Answer.error(400, "a name has up to 253 letters, digits, '-', '.' or '_'");
        }
        if (error instanceof SecretNotFoundException) {
            return Answer.error(404, "there is no such secret, version or attachment");
        }
        if (error instanceof SecretExistsException
                || error instanceof SecretInUseException
                || error instanceof AttachmentRefusedException) {
            return Answer.error(409, message);
        }
        if (error instanceof VersionConflictException) {
            return Answer.error(412, message);
        }
        if (error instanceof RefusedOperationException) {
            return Answer.error(400, message);
        }
        return Answer.error(500, "the store cannot be used; the log of the server says why");
    }
}
