package dev.modelsecrets.standard;

import dev.modelsecrets.SecretsException;

/** A document of secrets cannot be read; the message says where and what to change, and quotes nothing of it. */
public final class MalformedDocumentException extends SecretsException {

    private static final long serialVersionUID = 1L;

    private final String fault;

    MalformedDocumentException(String fault) {
        super("the document " + fault);
        this.fault = fault;
    }

    /**
     * Returns what is wrong and where, worded to follow the name of the document.
     *
     * @return for example {@code is not valid JSON at line 1, column 2: a key must stand in double quotes}
     */
    public String fault() {
        return fault;
    }
}
