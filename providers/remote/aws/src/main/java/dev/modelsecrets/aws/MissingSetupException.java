package dev.modelsecrets.aws;

/** There is no region, or there are no credentials: what to set, in our words and without a cause. */
final class MissingSetupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;

    MissingSetupException(String problem) {
        super(problem);
        this.problem = problem;
    }

    /** Returns a clause that goes after "cannot be asked:". */
    String problem() {
        return problem;
    }
}
