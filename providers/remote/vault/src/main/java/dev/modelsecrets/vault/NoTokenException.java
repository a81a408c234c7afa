package dev.modelsecrets.vault;

import dev.modelsecrets.remote.Answer;

/** No token can be had, which is the answer for every secret. It has no message: the answer says it. */
final class NoTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;
    private final boolean passing;

    /**
     * Creates an exception.
     *
     * @param answer what to answer for each secret
     * @param passing whether another try may do
     */
    NoTokenException(Answer answer, boolean passing) {
        super(null, null, false, false);
        this.answer = answer;
        this.passing = passing;
    }

    /** Creates an exception for what will stay refused. */
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
