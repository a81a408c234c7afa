package dev.modelsecrets;

import dev.modelsecrets.internal.Text;
import org.jspecify.annotations.Nullable;

/**
 * A declared name is not a secret name: {@code [-._a-zA-Z0-9]{1,253}}, and not {@code .} or {@code ..}.
 *
 * <p>These are the names that Kubernetes allows as keys of a Secret, and Truss as secret names. The check comes before
 * any path or variable is built from the name.
 */
public final class InvalidSecretNameException extends SecretsException {

    private static final long serialVersionUID = 1L;

    private static final String RULE =
            "use 1 to 253 letters (a-z, A-Z), digits, '-', '_' and '.', and neither \".\" nor \"..\" alone";

    /**
     * Creates the exception for one name.
     *
     * @param name the refused name, which may be null; control characters are escaped and a long name is cut
     */
    public InvalidSecretNameException(@Nullable String name) {
        super(describe(name));
    }

    private InvalidSecretNameException(String where, String problem) {
        super(where + ": " + problem);
    }

    /**
     * Creates an exception about a name in a document, which is not repeated: a misplaced value may stand there.
     *
     * @param where the place, for example {@code config.yaml, line 3, column 5}
     * @return the exception
     */
    public static InvalidSecretNameException at(String where) {
        return new InvalidSecretNameException(where, "this is not a valid secret name: " + RULE);
    }

    /** Creates the exception, as a type that a class which may throw it is verified without loading this one. */
    static RuntimeException of(@Nullable String name) {
        return new InvalidSecretNameException(name);
    }

    private static String describe(@Nullable String name) {
        return (name == null ? "null" : Text.quote(name)) + " is not a valid secret name: " + RULE;
    }
}
