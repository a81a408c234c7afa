package dev.modelsecrets.store;

import java.util.List;

/**
 * A secret, or a document that describes secrets, is not what it has to be; every problem is listed.
 */
public final class InvalidSecretException extends RefusedOperationException {

    private static final long serialVersionUID = 1L;

    private final String[] problems;

    /**
     * Creates the exception.
     *
     * @param what what is refused
     * @param problems everything that is wrong with it; never a value
     */
    public InvalidSecretException(String what, List<String> problems) {
        super(what + (problems.size() == 1 ? ": " : ":\n  ") + String.join("\n  ", problems));
        this.problems = problems.toArray(new String[0]);
    }

    /**
     * Returns everything that is wrong.
     *
     * @return the problems, one sentence each
     */
    public List<String> problems() {
        return List.of(problems);
    }
}
