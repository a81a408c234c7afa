package dev.modelsecrets.kubernetes;

import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.SecretStage;
import dev.modelsecrets.store.SecretTemplate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Stage, labels, template, expiry and rotation of a secret, as the JSON object that one annotation holds. */
final class StoredProperties {

    private StoredProperties() {}

    /** Returns what is not as it is by default; nothing for most secrets. */
    static JsonObject write(SecretMetadata secret) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (secret.stage() != SecretStage.ALL) {
            texts.put("stage", secret.stage().id());
        }
        secret.template().ifPresent(template -> texts.put("template", template.name()));
        secret.expires().ifPresent(expires -> texts.put("expires", expires.toString()));
        secret.rotationPeriod().ifPresent(period -> texts.put("rotationPeriod", period.toString()));
        secret.rotationDue().ifPresent(due -> texts.put("rotationDue", due.toString()));
        JsonObject json = JsonObject.of(texts);
        return secret.labels().isEmpty() ? json : json.with("labels", secret.labels());
    }

    /** Reads what {@link #write} returned; what somebody else wrote there is left aside. */
    static void read(JsonObject json, SecretMetadata.Builder secret) {
        SecretStage.of(json.text("stage")).ifPresent(secret::stage);
        secret.labels(json.object("labels").texts());
        for (SecretTemplate template : SecretTemplate.values()) {
            if (template.name().equals(json.text("template"))) {
                secret.template(template);
            }
        }
        try {
            String expires = json.text("expires");
            if (!expires.isEmpty()) {
                secret.expires(Instant.parse(expires));
            }
            String period = json.text("rotationPeriod");
            if (!period.isEmpty()) {
                secret.rotation(Duration.parse(period), Instant.parse(json.text("rotationDue")));
            }
        } catch (DateTimeException e) {
            // Written by somebody else: no time is better than a wrong one.
        }
    }
}
