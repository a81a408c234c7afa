package dev.modelsecrets.platforms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * One request to a platform.
 *
 * @param method the HTTP method
 * @param path path and query below the endpoint
 * @param contentType the type of the body, or empty without one
 * @param body the body; it may hold values
 * @param effect what it does on the platform
 * @param subject what it is about, for messages, such as {@code the secret hf_access_token}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Call(String method, String path, String contentType, byte[] body, Effect effect, String subject) {

    /** What a request does on the platform, which decides whether it may be sent again after a lost answer. */
    enum Effect {

        /** It changes nothing. */
        READ,

        /** It leads to the same whether it is carried out once or twice. */
        IDEMPOTENT_WRITE,

        /** A second one would be refused, or do something else. */
        WRITE
    }

    private static final byte[] NONE = {};

    /** Reads; may be repeated. */
    static Call get(String path, String subject) {
        return new Call("GET", path, "", NONE, Effect.READ, subject);
    }

    /** Deletes; not repeated, because the second answer would be that there is no such secret. */
    static Call delete(String path, String subject) {
        return new Call("DELETE", path, "", NONE, Effect.WRITE, subject);
    }

    /** Sends JSON. */
    static Call send(String method, String path, JsonNode body, Effect effect, String subject) {
        try {
            return new Call(method, path, "application/json", Json.bytes(body), effect, subject);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts cannot be written as JSON");
        }
    }

    boolean isRead() {
        return effect == Effect.READ;
    }

    boolean isRepeatable() {
        return effect != Effect.WRITE;
    }

    /** Returns method and path, never the body. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
