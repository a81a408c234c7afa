package dev.modelsecrets;

import java.util.List;

/**
 * Two providers hold different values for one name, and the resolver was told to refuse that.
 *
 * @see ConflictPolicy#FAIL
 */
public final class SecretConflictException extends SecretsException {

    private static final long serialVersionUID = 1L;

    /** The names, in declared order; an array, because a {@code List} need not be serializable. */
    private final String[] names;

    SecretConflictException(List<String> names, String message) {
        super(message);
        this.names = names.toArray(new String[0]);
    }

    /**
     * Returns the names that have more than one value, in declared order.
     *
     * @return an immutable list, never empty
     */
    public List<String> names() {
        return List.of(names);
    }
}
