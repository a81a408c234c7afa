package dev.modelsecrets.store;

/**
 * What became of one operation of a batch; immutable, holds no value.
 *
 * @param index its place in the batch, from 0
 * @param action {@code create}, {@code update} or {@code delete}; empty if it had none of these
 * @param name the secret's name; empty if it had no valid one
 * @param namespace the namespace of the store
 * @param status what became of it
 * @param message what happened, for people and without a path of this machine; an error starts with the operation's
 *     place in the document
 */
public record OperationResult(int index, String action, String name, String namespace, Status status, String message) {

    /** What may become of an operation. */
    public enum Status {

        /** It was carried out. */
        SUCCESS("success"),

        /** It was refused because of what it asks for; the client has to change it. */
        REFUSED("error"),

        /**
         * The store could not do it: it is damaged, locked, or its disk is full; the client can do nothing about it.
         */
        FAILED("error"),

        /** It was not carried out because others of an atomic batch were not. */
        NOT_APPLIED("not_applied");

        private final String id;

        Status(String id) {
            this.id = id;
        }

        /**
         * Returns the name of the status in the answer of OCI AI Blueprints.
         *
         * @return {@code success}, {@code error} or {@code not_applied}
         */
        public String id() {
            return id;
        }
    }

    /**
     * Tells whether the operation was carried out.
     *
     * @return true if the status is {@link Status#SUCCESS}
     */
    public boolean succeeded() {
        return status == Status.SUCCESS;
    }
}
