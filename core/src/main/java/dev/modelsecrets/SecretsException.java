package dev.modelsecrets;

/**
 * The base of what this library throws about secrets; each error has a type of its own.
 *
 * <p>It carries words only: there is no cause and there are no suppressed exceptions, and none can be added. Exceptions
 * of parsers and clients quote the text they failed on, which may be a secret; so they are never attached, and the
 * message says what a person needs instead. A provider that throws a subclass promises that its message holds no value.
 */
public abstract class SecretsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception that carries only its message.
     *
     * @param message what was looked at, what was found there and what to do next; never a value
     */
    protected SecretsException(String message) {
        super(message, null, false, true);
    }

    /** Returns the message for a place that names the provider already. */
    String problem() {
        return String.valueOf(getMessage());
    }
}
