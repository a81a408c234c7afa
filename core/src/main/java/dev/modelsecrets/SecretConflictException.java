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

    /** Makes the exception, under a general type: then a start that goes well does not load this class. */
    static RuntimeException of(List<String> names, List<String> lines) {
        return new SecretConflictException(
                names,
                "different values for one name:\n  " + String.join("\n  ", lines)
                        + "\nKeep one of each, or make them equal.");
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
