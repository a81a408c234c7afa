package dev.modelsecrets.store;

import dev.modelsecrets.SecretsException;
import dev.modelsecrets.store.OperationResult.Status;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a batch, or what is wrong with it; prints no value.
 *
 * @param index its place in the batch, from 0
 * @param name the secret's name; empty if it has no valid one
 * @param action {@code create}, {@code update} or {@code delete}; empty if it has none of these
 * @param type the type that it names, if any
 * @param secret what to create or to change; null for a deletion
 * @param problem what is wrong with it, or null
 */
record SecretOperation(
        int index,
        String name,
        String action,
        @Nullable SecretType type,
        @Nullable StoredSecret secret,
        @Nullable InvalidSecretException problem) {

    void apply(Edit edit) {
        if (secret == null) {
            edit.delete(name, Optional.ofNullable(type), OptionalLong.empty(), false);
        } else if (action.equals("create")) {
            edit.create(secret);
        } else {
            edit.update(secret, OptionalLong.empty());
        }
    }

    OperationResult success(String namespace) {
        return result(namespace, Status.SUCCESS, "Secret '" + name + "' " + action + "d successfully");
    }

    OperationResult notApplied(String namespace) {
        return result(namespace, Status.NOT_APPLIED, "not applied, because others failed");
    }

    /** Says what went wrong, but not where on this machine the store is. */
    OperationResult error(String namespace, Status status, SecretsException error) {
        String words;
        if (error == problem && problem != null) {
            words = String.join("; ", problem.problems());
        } else if (error instanceof SecretNotFoundException) {
            words = "secret " + name + " does not exist";
        } else if (status == Status.REFUSED) {
            words = String.valueOf(error.getMessage());
        } else {
            words = "the store cannot be used: " + reason(error);
        }
        return result(namespace, status, OperationParser.place(index) + ": " + words);
    }

    private static String reason(SecretsException failure) {
        if (failure instanceof DamagedStoreException) {
            return "it is damaged";
        }
        if (failure instanceof StoreLockedException) {
            return "others are changing it; try again later";
        }
        if (failure instanceof StoreFullException) {
            return "its disk is full";
        }
        if (failure instanceof WrongKeyException || failure instanceof StoreKeyException) {
            return "its key does not open it";
        }
        return "it cannot be read or written";
    }

    private OperationResult result(String namespace, Status status, String message) {
        return new OperationResult(index, action, name, namespace, status, message);
    }
}
