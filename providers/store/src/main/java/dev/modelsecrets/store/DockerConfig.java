package dev.modelsecrets.store;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.store.internal.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The document that Docker keeps in {@code config.json}, and Kubernetes in a pull secret. */
final class DockerConfig {

    private DockerConfig() {}

    static Lookup lookup(List<String> registries, SecretStore.Transaction transaction, String store) {
        Map<String, String> owners = new LinkedHashMap<>();
        for (String secret : registries) {
            Optional<SecretMetadata> found = transaction.metadata(secret);
            if (found.isEmpty()) {
                return Lookup.absent("the " + store + " has no secret " + secret);
            }
            if (found.get().type() != SecretType.CONTAINER_REGISTRY) {
                return Lookup.failed("the secret " + secret + " of the " + store
                        + " is not a container_registry secret, so that it makes no Docker config.json");
            }
            String other = owners.putIfAbsent(transaction.value(secret, "registry_server"), secret);
            if (other != null) {
                return Lookup.failed(
                        "the secrets " + other + " and " + secret + " of the " + store + " are for the same registry");
            }
        }
        return Lookup.found(
                document(owners, transaction),
                "secret " + String.join(", ", registries) + " as Docker config.json, of the " + store);
    }

    private static String document(Map<String, String> owners, SecretStore.Transaction transaction) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("auths");
            for (Map.Entry<String, String> entry : owners.entrySet()) {
                String secret = entry.getValue();
                String username = transaction.value(secret, "username");
                String password = transaction.value(secret, "password");
                json.writeObjectFieldStart(entry.getKey());
                json.writeStringField("username", username);
                json.writeStringField("password", password);
                json.writeStringField("email", transaction.value(secret, "email"));
                json.writeStringField(
                        "auth",
                        Base64.getEncoder()
                                .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8)));
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
