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
 * @param repeatable whether a second one after a lost answer does no harm
 * @param subject what it is about, for messages, such as {@code the secret hf_access_token}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Call(String method, String path, String contentType, byte[] body, boolean repeatable, String subject) {

    private static final byte[] NONE = {};

    /** Reads; may be repeated. */
    static Call get(String path, String subject) {
        return new Call("GET", path, "", NONE, true, subject);
    }

    /** Deletes; not repeated, because the second answer would be that there is no such secret. */
    static Call delete(String path, String subject) {
        return new Call("DELETE", path, "", NONE, false, subject);
    }

    /** Sends JSON. */
    static Call send(String method, String path, JsonNode body, boolean repeatable, String subject) {
        try {
            return new Call(method, path, "application/json", Json.bytes(body), repeatable, subject);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts cannot be written as JSON");
        }
    }

    boolean isRead() {
        return method.equals("GET");
    }

    /** Returns method and path, never the body. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
