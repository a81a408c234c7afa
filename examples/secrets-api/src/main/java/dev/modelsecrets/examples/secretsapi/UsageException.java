package dev.modelsecrets.examples.secretsapi;

/** The command was not given what it needs; the message is for the person who typed it. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
