package dev.modelsecrets.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A secret as BentoCloud describes it; values are not read, should it ever give them.
 *
 * @param name the secret's name
 * @param cluster the cluster it belongs to, or empty
 * @param description a line for people, or empty
 * @param keys the names of its keys, in order
 * @param settings how it is handed to a deployment
 * @param updated when it was changed last, or empty
 */
record BentoSecret(
        String name, String cluster, String description, Set<String> keys, BentoSettings settings, String updated) {

    /** Reads {@code SecretSchema}, or returns empty if name or keys are missing. */
    static Optional<BentoSecret> of(JsonNode node) {
        Optional<String> name = Json.text(node, "name");
        JsonNode content = node.path("content");
        JsonNode items = content.path("items");
        if (name.isEmpty() || !items.isArray()) {
            return Optional.empty();
        }
        Set<String> keys = new LinkedHashSet<>();
        Map<String, String> subPaths = new LinkedHashMap<>();
        for (JsonNode item : items) {
            Optional<String> key = Json.text(item, "key");
            if (key.isEmpty()) {
                return Optional.empty();
            }
            keys.add(key.get());
            present(item, "sub_path").ifPresent(path -> subPaths.put(key.get(), path));
        }
        BentoSettings settings = new BentoSettings(
                present(content, "type").orElse(null),
                present(content, "path").orElse(null),
                present(content, "stage").orElse(null),
                subPaths);
        return Optional.of(new BentoSecret(
                name.get(),
                Json.text(node.path("cluster"), "name").orElse(""),
                Json.text(node, "description").orElse(""),
                Collections.unmodifiableSet(keys),
                settings,
                Json.text(node, "updated_at")
                        .or(() -> Json.text(node, "created_at"))
                        .orElse("")));
    }

    private static Optional<String> present(JsonNode node, String field) {
        return Json.text(node, field).filter(text -> !text.isEmpty());
    }

    PlatformSecret describe() {
        List<String> details = new ArrayList<>();
        details.add(settings.over(BentoSettings.DEFAULT).words());
        if (!updated.isEmpty()) {
            details.add("changed " + updated);
        }
        return new PlatformSecret(name, cluster, keys, details);
    }
}
