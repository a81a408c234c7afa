package dev.modelsecrets.vault;

import dev.modelsecrets.remote.HttpReply;
import dev.modelsecrets.standard.MalformedDocumentException;
import dev.modelsecrets.standard.SecretDocument;
import java.util.Optional;
import java.util.function.Function;

/** An answer of Vault, as far as it is JSON. */
final class VaultReply {

    private final HttpReply reply;
    private final String text;
    private final Optional<SecretDocument> json;

    VaultReply(HttpReply reply) {
        this.reply = reply;
        this.text = reply.text();
        this.json = parsed(text);
    }

    private static Optional<SecretDocument> parsed(String text) {
        try {
            return Optional.of(SecretDocument.json(text));
        } catch (MalformedDocumentException e) {
            return Optional.empty();
        }
    }

    int status() {
        return reply.status();
    }

    boolean isJson() {
        return json.isPresent();
    }

    /** Tells whether Vault's words hold some others; only such that no secret has. */
    boolean says(String words) {
        return text.contains(words);
    }

    /** Returns what stands at a path of keys, text as it is and everything else as JSON. */
    Optional<String> value(String... path) {
        Optional<SecretDocument> object = json;
        for (int i = 0; i < path.length - 1; i++) {
            object = object.flatMap(at(path[i])).flatMap(VaultReply::object);
        }
        return object.flatMap(at(path[path.length - 1]));
    }

    /** Returns the JSON object at a path of keys; empty if there is something else. */
    Optional<String> object(String... path) {
        return value(path).filter(json -> object(json).isPresent());
    }

    private static Function<SecretDocument, Optional<String>> at(String key) {
        return document -> document.value(key);
    }

    private static Optional<SecretDocument> object(String json) {
        return SecretDocument.isJsonObject(json) ? parsed(json) : Optional.empty();
    }

    /** Returns the number at a path of keys, or 0. */
    long number(String... path) {
        String number = value(path).orElse("0");
        return number.matches("\\d{1,18}") ? Long.parseLong(number) : 0;
    }

    boolean isTrue(String... path) {
        return value(path).filter("true"::equals).isPresent();
    }

    /** Returns what an answer other than a success says. */
    VaultError error() {
        return VaultError.of(this, reply);
    }

    /** Returns the status, nothing of the body. */
    @Override
    public String toString() {
        return reply.toString();
    }
}
