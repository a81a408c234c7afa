package dev.modelsecrets.vault;

import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The transit engine as Vault 1.17 answers: ciphertexts are {@code vault:v1:} and base64; here that is the number of a
 * text that the engine remembers.
 */
final class TransitEngine {

    /** The keys that exist. */
    final Set<String> keys = ConcurrentHashMap.newKeySet();

    private final Map<String, String> texts = new ConcurrentHashMap<>();

    Response call(String path, JsonObject body) {
        String key = path.substring(path.indexOf('/') + 1);
        if (path.startsWith("encrypt/")) {
            // Vault makes the key where the policy allows create; here it has to be there.
            return keys.contains(key)
                    ? encrypt(key, body.getString("plaintext", ""))
                    : error("encryption key not found");
        }
        String text = texts.get(key + " " + body.getString("ciphertext", ""));
        return text == null
                ? error(keys.contains(key) ? "invalid ciphertext: no prefix" : "encryption key not found")
                : data("plaintext", text);
    }

    private Response encrypt(String key, String plaintext) {
        String ciphertext = "vault:v1:" + (1_000 + texts.size());
        texts.put(key + " " + ciphertext, plaintext);
        return data("ciphertext", ciphertext);
    }

    private static Response data(String name, String text) {
        return Response.json(
                200, Json.object().add("data", Json.object().add(name, text)).toString());
    }

    private static Response error(String message) {
        return Response.json(
                400, Json.object().add("errors", Json.array(message)).toString());
    }
}
