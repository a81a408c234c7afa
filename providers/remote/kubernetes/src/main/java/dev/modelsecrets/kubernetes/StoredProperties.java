package dev.modelsecrets.kubernetes;

import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.SecretStage;
import dev.modelsecrets.store.SecretTemplate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stage, labels, template, expiry and rotation of a secret, as the JSON object that one annotation holds. */
final class StoredProperties {

    private StoredProperties() {}

    /** Returns what is not as it is by default; nothing for most secrets. */
    static Map<String, Object> write(SecretMetadata secret) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (secret.stage() != SecretStage.ALL) {
            json.put("stage", secret.stage().id());
        }
        if (!secret.labels().isEmpty()) {
            json.put("labels", secret.labels());
        }
        secret.template().ifPresent(template -> json.put("template", template.name()));
        secret.expires().ifPresent(expires -> json.put("expires", expires.toString()));
        secret.rotationPeriod().ifPresent(period -> json.put("rotationPeriod", period.toString()));
        secret.rotationDue().ifPresent(due -> json.put("rotationDue", due.toString()));
        return json;
    }

    /** Reads what {@link #write} returned; what somebody else wrote there is left aside. */
    static void read(@Nullable Object json, SecretMetadata.Builder secret) {
        SecretStage.of(StoredObject.text(json, "stage")).ifPresent(secret::stage);
        if (KubernetesApi.part(json, "labels") instanceof Map<?, ?> given) {
            Map<String, String> labels = new LinkedHashMap<>();
            given.forEach((name, text) -> labels.put(String.valueOf(name), String.valueOf(text)));
            secret.labels(labels);
        }
        for (SecretTemplate template : SecretTemplate.values()) {
            if (template.name().equals(StoredObject.text(json, "template"))) {
                secret.template(template);
            }
        }
        try {
            String expires = StoredObject.text(json, "expires");
            if (!expires.isEmpty()) {
                secret.expires(Instant.parse(expires));
            }
            String period = StoredObject.text(json, "rotationPeriod");
            if (!period.isEmpty()) {
                secret.rotation(Duration.parse(period), Instant.parse(StoredObject.text(json, "rotationDue")));
            }
        } catch (DateTimeException e) {
            // Written by somebody else: no time is better than a wrong one.
        }
    }
}
