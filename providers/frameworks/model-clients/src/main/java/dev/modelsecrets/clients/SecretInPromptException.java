package dev.modelsecrets.clients;

import dev.modelsecrets.SecretsException;

/** Thrown where a prompt is refused because a secret is in it; the message says in which part, never the text. */
public class SecretInPromptException extends SecretsException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param part what holds the secret, for example {@code a tool's result}
     */
    public SecretInPromptException(String part) {
        super("The prompt was not sent: there is a secret in " + part);
    }
}
