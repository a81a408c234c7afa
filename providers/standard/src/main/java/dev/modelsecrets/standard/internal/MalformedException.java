package dev.modelsecrets.standard.internal;

/**
 * A document or file cannot be used: what is wrong and where, in words of our own, never a piece of its text.
 *
 * <p>It never leaves this library: the public classes turn it into an exception that names the provider and the place.
 */
public final class MalformedException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param problem what is wrong, worded to follow the name of the document: "is a directory", "is not valid YAML"
     */
    public MalformedException(String problem) {
        super(problem, null, false, false);
    }

    /** Returns the problem, worded to follow the name of the document. */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
