package dev.modelsecrets.store;

/**
 * The audit log of a store was altered, or belongs to another store; it was left as it is.
 */
public final class DamagedAuditLogException extends SecretStoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which file, and which of its lines
     */
    public DamagedAuditLogException(String message) {
        super(message);
    }
}
