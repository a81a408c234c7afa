package dev.modelsecrets.vault;

import dev.modelsecrets.remote.Answer;

/** Thrown if the login gives no token; every secret then gets {@link #answer}. It has no message of its own. */
final class NoTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;
    private final boolean passing;

    /**
     * Creates an exception.
     *
     * @param answer what to answer for each secret
     * @param passing whether another attempt may succeed
     */
    NoTokenException(Answer answer, boolean passing) {
        super(null, null, false, false);
        this.answer = answer;
        this.passing = passing;
    }

    /** Creates an exception for a refusal that another attempt would not change. */
    NoTokenException(String problem) {
        this(Answer.unavailable(problem), false);
    }

    Answer answer() {
        return answer;
    }

    boolean isPassing() {
        return passing;
    }
}
