package dev.modelsecrets;

/**
 * The base of everything this library throws about secrets, and the type of errors that have no type of their own.
 *
 * <p>It carries words only: there is no cause and there are no suppressed exceptions, and none can be added. Exceptions
 * of parsers and clients quote the text they choked on, which may be a secret; so they are never attached, and the
 * message says what a person needs instead.
 */
public class SecretsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception that carries only its message.
     *
     * @param message what was looked at, what was found there and what to do next; never a value
     */
    public SecretsException(String message) {
        super(message, null, false, true);
    }
}
