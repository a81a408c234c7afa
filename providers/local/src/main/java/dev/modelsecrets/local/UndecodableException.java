package dev.modelsecrets.local;

/** A value is not in the form that it was said to be in; the message holds nothing of it. */
final class UndecodableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UndecodableException(String problem) {
        super(problem, null, false, false);
    }

    /** Returns what is wrong, worded to follow the place of the value. */
    String problem() {
        return String.valueOf(getMessage());
    }
}
