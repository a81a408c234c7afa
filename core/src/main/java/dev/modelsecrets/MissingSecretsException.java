package dev.modelsecrets;

import java.util.List;

/**
 * Declared secrets have no value: the message lists every one of them, what each provider saw, and how to fix it.
 *
 * <p>Nothing is handed over when this is thrown.
 */
public final class MissingSecretsException extends SecretsException {

    private static final long serialVersionUID = 1L;

    /** The names, in declared order; an array, because a {@code List} need not be serializable. */
    private final String[] names;

    MissingSecretsException(List<String> names, String message) {
        super(message);
        this.names = names.toArray(new String[0]);
    }

    /**
     * Returns the names that have no value, in declared order.
     *
     * @return an immutable list, never empty
     */
    public List<String> names() {
        return List.of(names);
    }
}
