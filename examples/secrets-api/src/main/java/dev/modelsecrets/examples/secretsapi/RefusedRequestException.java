package dev.modelsecrets.examples.secretsapi;

/** A request was refused before it reached the store, with this status and words for the client. */
final class RefusedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** The words never repeat what the client sent, because a value may stand there by mistake. */
    RefusedRequestException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    Answer answer() {
        return Answer.error(status, String.valueOf(getMessage()));
    }
}
