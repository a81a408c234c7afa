package dev.modelsecrets.store;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.store.OperationResult.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A batch of operations on secrets: a {@code secrets_payload} document of OCI AI Blueprints.
 *
 * <pre>{@code
 * OperationResults results = SecretOperations.parse(json).apply(store, SecretOperations.Mode.EACH);
 * }</pre>
 *
 * <p>Each operation has a {@code name} and an {@code action}: {@code create} and {@code update} with {@code type} and
 * {@code data}, {@code delete} with or without {@code type}. They are carried out in order, so that a batch may delete
 * a secret and create it anew. What is wrong with one operation is an error of that operation; names of unknown fields
 * are not repeated, because a value may stand there by mistake. Immutable and thread-safe; prints no values.
 */
public final class SecretOperations {

    private final List<SecretOperation> operations;

    private SecretOperations(List<SecretOperation> operations) {
        this.operations = List.copyOf(operations);
    }

    /** What happens to the other operations when one fails. */
    public enum Mode {

        /** Each operation is carried out for itself, in order, as OCI AI Blueprints does. */
        EACH,

        /** All operations are checked first, in order, and carried out together or not at all. */
        ATOMIC
    }

    /**
     * Reads a document.
     *
     * @param json an object with the field {@code secrets_payload}, a list of operations
     * @return the operations, the wrong ones included
     * @throws InvalidSecretException if it is not such a document; the message says line and column
     */
    public static SecretOperations parse(String json) {
        return new SecretOperations(OperationParser.parse(json));
    }

    /**
     * Returns how many operations there are.
     *
     * @return their number, the wrong ones included
     */
    public int size() {
        return operations.size();
    }

    /**
     * Carries the operations out, in order.
     *
     * @param store the store to change
     * @param mode what happens to the others when one fails
     * @return a result for each operation
     */
    public OperationResults apply(SecretStore store, Mode mode) {
        Objects.requireNonNull(store, "store");
        Run run = new Run();
        if (mode == Mode.EACH) {
            run.each(store);
        } else {
            run.all(store);
        }
        return run.results(store.namespace(), mode);
    }

    /** Returns how many operations there are. */
    @Override
    public String toString() {
        return "SecretOperations[" + operations.size() + "]";
    }

    /** One attempt, which collects what each operation failed with. */
    private final class Run {

        private final List<@Nullable SecretsException> errors =
                new ArrayList<>(Collections.nCopies(operations.size(), null));

        private Run() {
            for (SecretOperation operation : operations) {
                errors.set(operation.index(), operation.problem());
            }
        }

        void each(SecretStore store) {
            for (SecretOperation operation : operations) {
                if (errors.get(operation.index()) == null) {
                    try {
                        store.edit(edit -> {
                            operation.apply(edit);
                            return true;
                        });
                    } catch (SecretsException e) {
                        errors.set(operation.index(), e);
                    }
                }
            }
        }

        void all(SecretStore store) {
            List<@Nullable SecretsException> before = new ArrayList<>(errors);
            try {
                store.edit(edit -> {
                    // A store may run this again, on the state of then.
                    Collections.copy(errors, before);
                    for (SecretOperation operation : operations) {
                        if (errors.get(operation.index()) == null) {
                            try {
                                operation.apply(edit);
                            } catch (RefusedOperationException e) {
                                errors.set(operation.index(), e);
                            }
                        }
                    }
                    blameDeployments(edit);
                    for (SecretsException error : errors) {
                        if (error != null) {
                            // Nothing is saved then, and the audit log says why.
                            throw error;
                        }
                    }
                    return true;
                });
            } catch (SecretsException e) {
                if (errors.stream().noneMatch(error -> error == e)) {
                    errors.replaceAll(error -> error == null ? e : error);
                }
            }
        }

        /** Finds the operations that leave a deployment with secrets that do not fit together. */
        private void blameDeployments(Edit edit) {
            for (Map.Entry<String, Set<String>> touched : edit.touched().entrySet()) {
                List<String> problems = edit.problemsOf(touched.getKey());
                for (SecretOperation operation : operations) {
                    if (!problems.isEmpty()
                            && touched.getValue().contains(operation.name())
                            && errors.get(operation.index()) == null) {
                        errors.set(
                                operation.index(), AttachmentRefusedException.ofDeployment(touched.getKey(), problems));
                    }
                }
            }
        }

        OperationResults results(String namespace, Mode mode) {
            boolean undone = mode == Mode.ATOMIC && errors.stream().anyMatch(Objects::nonNull);
            List<OperationResult> results = new ArrayList<>();
            @Nullable SecretsException failure = null;
            for (SecretOperation operation : operations) {
                @Nullable SecretsException error = errors.get(operation.index());
                if (error == null) {
                    results.add(undone ? operation.notApplied(namespace) : operation.success(namespace));
                } else {
                    boolean refused =
                            error instanceof RefusedOperationException || error instanceof InvalidSecretNameException;
                    failure = refused || failure != null ? failure : error;
                    results.add(operation.error(namespace, refused ? Status.REFUSED : Status.FAILED, error));
                }
            }
            return new OperationResults(results, failure);
        }
    }
}
