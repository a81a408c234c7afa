package dev.modelsecrets.examples.secretsapi;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.modelsecrets.store.SecretMount;
import dev.modelsecrets.store.SecretStage;
import dev.modelsecrets.store.SecretTemplate;
import dev.modelsecrets.store.SecretType;
import dev.modelsecrets.store.StoredSecret;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The body of a {@code PUT} or {@code PATCH} of a secret.
 *
 * <p>No message repeats anything of it but the names of its own fields: a value may stand in the wrong place.
 */
final class SecretDocument {

    private static final Set<String> FIELDS = Set.of(
            "type",
            "template",
            "check_format",
            "data",
            "description",
            "labels",
            "stage",
            "mount",
            "expires",
            "rotate_every");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode document;

    private SecretDocument(JsonNode document) {
        this.document = document;
    }

    /**
     * Reads a body.
     *
     * @param secret what to add to: {@code StoredSecret.builder(name)} or {@code StoredSecret.changesTo(name)}
     * @param body the text
     * @return the secret
     */
    static StoredSecret read(StoredSecret.Builder secret, String body) {
        JsonNode document;
        try {
            document = JSON.readTree(body);
        } catch (IOException e) {
            throw refused("the body is not valid JSON, or has a field twice");
        }
        if (!document.isObject()) {
            throw refused("the body has to be a JSON object");
        }
        for (Iterator<String> names = document.fieldNames(); names.hasNext(); ) {
            if (!FIELDS.contains(names.next())) {
                throw refused("the body has a field that is not one of "
                        + String.join(", ", FIELDS.stream().sorted().toList()));
            }
        }
        new SecretDocument(document).addTo(secret);
        return secret.build();
    }

    private void addTo(StoredSecret.Builder secret) {
        text("type", text -> secret.type(oneOf("type", SecretType.of(text))));
        text("template", text -> secret.template(oneOf("template", template(text))));
        text("description", secret::description);
        text("stage", text -> secret.stage(oneOf("stage", SecretStage.of(text))));
        text("expires", text -> secret.expires(text.equals("never") ? Instant.MAX : time(text)));
        text("rotate_every", text -> secret.rotateEvery(duration("rotate_every", text)));
        field("labels").ifPresent(labels -> secret.labels(texts("labels", labels)));
        field("data").ifPresent(data -> secret.values(texts("data", data)));
        field("mount").ifPresent(mount -> secret.mount(mount(mount)));
        field("check_format").ifPresent(check -> {
            if (!check.isBoolean()) {
                throw refused("check_format has to be true or false");
            }
            if (!check.booleanValue()) {
                secret.withoutFormatCheck();
            }
        });
    }

    private Optional<JsonNode> field(String name) {
        return Optional.ofNullable(document.get(name));
    }

    private void text(String name, Consumer<String> use) {
        field(name).ifPresent(node -> use.accept(text(name, node)));
    }

    private static String text(String name, JsonNode node) {
        if (!node.isTextual()) {
            throw refused(name + " has to be a string");
        }
        return node.textValue();
    }

    private static Map<String, String> texts(String name, JsonNode node) {
        if (!node.isObject()) {
            throw refused(name + " has to be an object");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties().forEach(field -> texts.put(field.getKey(), text("each field of " + name, field.getValue())));
        return texts;
    }

    private static SecretMount mount(JsonNode mount) {
        JsonNode directory = mount.get("directory");
        JsonNode subPaths = mount.get("sub_paths");
        if (directory == null && subPaths == null && mount.isObject() && mount.isEmpty()) {
            return SecretMount.environment();
        }
        if (directory == null || mount.size() > (subPaths == null ? 1 : 2)) {
            throw refused("mount has directory and sub_paths, or is {} for environment variables");
        }
        return SecretMount.files(
                text("mount.directory", directory), subPaths == null ? Map.of() : texts("mount.sub_paths", subPaths));
    }

    private static Optional<SecretTemplate> template(String name) {
        for (SecretTemplate template : SecretTemplate.values()) {
            if (template.name().equals(name)) {
                return Optional.of(template);
            }
        }
        return Optional.empty();
    }

    private static <T> T oneOf(String name, Optional<T> value) {
        return value.orElseThrow(() -> refused(name + " is not one of those that there are"));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw refused("expires has to be a time such as 2030-12-31T00:00:00Z, or never");
        }
    }

    /** Reads a period of ISO 8601 such as {@code P90D}. */
    static Duration duration(String name, String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && duration.toDays() < 100_000) {
                return duration;
            }
        } catch (DateTimeException e) {
            // Told below.
        }
        throw refused(name + " has to be a period such as P90D");
    }

    private static RefusedRequestException refused(String message) {
        return new RefusedRequestException(400, message);
    }
}
