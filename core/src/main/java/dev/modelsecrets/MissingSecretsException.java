package dev.modelsecrets;

import java.util.List;

/**
 * Declared secrets are missing: no provider has them, and there is no default that may be used.
 *
 * <p>The message lists every name without a value, what each provider saw, and how to set one. Nothing is handed over
 * when this is thrown.
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
     * Returns the names that are missing, in declared order.
     *
     * @return an immutable list, never empty
     */
    public List<String> names() {
        return List.of(names);
    }
}
