package dev.modelsecrets.kubernetes;

import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.SecretMetadata.Attachment;
import dev.modelsecrets.store.SecretMount;
import dev.modelsecrets.store.SecretStoreException;
import dev.modelsecrets.store.SecretType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A secret of the store as a Secret object: what the server has, and from there to metadata and values, and back.
 *
 * <p>What others put on the object, such as labels and owners, stays there. Immutable; prints no value.
 */
final class StoredObject {

    static final String LABEL = "app.kubernetes.io/managed-by";
    static final String MANAGER = "model-secrets";

    private static final String OPAQUE = "Opaque";
    private static final String REGISTRY = "kubernetes.io/dockerconfigjson";
    private static final String DOCKER_CONFIG = ".dockerconfigjson";

    private static final String PREFIX = "modelsecrets.dev/";
    private static final String NAME = PREFIX + "name";
    private static final String DESCRIPTION = PREFIX + "description";
    private static final String MOUNT = PREFIX + "mount";
    private static final String ATTACHMENTS = PREFIX + "attachments";
    private static final String CREATED = PREFIX + "created";
    private static final String UPDATED = PREFIX + "updated";

    private final Map<String, Object> json;
    private final SecretMetadata metadata;

    /** The values by their keys; base64 as they are in the object, unless it is a registry. */
    private final Map<String, String> values;

    private StoredObject(Map<String, Object> json, SecretMetadata metadata, Map<String, String> values) {
        this.json = json;
        this.metadata = metadata;
        this.values = values;
    }

    /**
     * Names the object: as the secret where Kubernetes allows that, and else alike, with a hash of the exact name at the
     * end, so that {@code token} and {@code TOKEN} do not meet.
     */
    static String nameOf(String secret) {
        if (KubernetesNames.isValid(secret)) {
            return secret;
        }
        String like = KubernetesNames.map(secret).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String hash = hash(secret);
        return like.isEmpty() ? hash : like.substring(0, Math.min(like.length(), 200)) + "-" + hash;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads an object with the store's label; empty if it is of another kind than the store writes. */
    static Optional<StoredObject> read(KubernetesApi api, Object object) {
        if (!(object instanceof Map<?, ?>)) {
            return Optional.empty();
        }
        Map<String, Object> json = map(object);
        // The items of a list do not repeat these.
        json.put("apiVersion", "v1");
        json.put("kind", "Secret");
        boolean registry = REGISTRY.equals(json.get("type"));
        if (!registry && !OPAQUE.equals(json.get("type"))) {
            return Optional.empty();
        }
        String objectName = text(json, "metadata", "name");
        String exact = text(json, "metadata", "annotations", NAME);
        String name = exact.isEmpty() ? objectName : exact;
        if (!nameOf(name).equals(objectName)) {
            // Copied by somebody, with its annotations.
            return Optional.empty();
        }
        Map<String, String> values =
                registry ? readRegistry(api, json, objectName) : strings(KubernetesApi.part(json, "data"));
        Instant created = instant(text(json, "metadata", "annotations", CREATED))
                .or(() -> instant(text(json, "metadata", "creationTimestamp")))
                .orElse(Instant.EPOCH);
        SecretMetadata metadata = new SecretMetadata(
                name,
                registry ? SecretType.CONTAINER_REGISTRY : SecretType.OPAQUE,
                text(json, "metadata", "annotations", DESCRIPTION),
                readMount(api.parse(text(json, "metadata", "annotations", MOUNT))),
                values.keySet(),
                created,
                instant(text(json, "metadata", "annotations", UPDATED)).orElse(created),
                version(text(json, "metadata", "resourceVersion")),
                readAttachments(api.parse(text(json, "metadata", "annotations", ATTACHMENTS))));
        return Optional.of(new StoredObject(json, metadata, values));
    }

    /** Kubernetes calls the version opaque; those of its own objects are numbers all the same. */
    private static long version(String resourceVersion) {
        try {
            return Long.parseLong(resourceVersion);
        } catch (NumberFormatException e) {
            throw new SecretStoreException("the server's resource versions are no numbers, as the store needs them");
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static SecretMount readMount(@Nullable Object mount) {
        return KubernetesApi.part(mount, "directory") instanceof String directory
                ? SecretMount.files(directory, strings(KubernetesApi.part(mount, "subPaths")))
                : SecretMount.environment();
    }

    private static List<Attachment> readAttachments(@Nullable Object attachments) {
        List<Attachment> read = new ArrayList<>();
        for (Object attachment : attachments instanceof List<?> list ? list : List.of()) {
            read.add(new Attachment(
                    text(attachment, "deployment"),
                    instant(text(attachment, "since")).orElse(Instant.EPOCH),
                    Boolean.TRUE.equals(KubernetesApi.part(attachment, "restartNeeded"))));
        }
        return read;
    }

    private static Map<String, String> readRegistry(KubernetesApi api, Map<String, Object> json, String objectName) {
        String document = decode(text(json, "data", DOCKER_CONFIG), objectName, DOCKER_CONFIG);
        Map<String, String> values = new TreeMap<>();
        map(KubernetesApi.part(api.parse(document), "auths")).forEach((server, login) -> {
            // The store writes one; of more, none could be told to be the one.
            values.put("registry_server", encode(server));
            for (String key : List.of("username", "password", "email")) {
                values.put(key, encode(text(login, key)));
            }
        });
        return values;
    }

    SecretMetadata metadata() {
        return metadata;
    }

    /** Returns the name of the object. */
    String objectName() {
        return text(json, "metadata", "name");
    }

    String resourceVersion() {
        return text(json, "metadata", "resourceVersion");
    }

    /** Returns a value. */
    String value(String key) {
        return decode(values.getOrDefault(key, ""), metadata.name(), key);
    }

    /** Returns the object as it is here, to be put in place of what it has become. */
    Map<String, Object> withVersionOf(StoredObject other) {
        Map<String, Object> copy = new LinkedHashMap<>(json);
        Map<String, Object> metadata = map(json.get("metadata"));
        metadata.put("resourceVersion", other.resourceVersion());
        copy.put("metadata", metadata);
        return copy;
    }

    /** Returns the object as it is here, to be created once more. */
    Map<String, Object> anew() {
        Map<String, Object> copy = new LinkedHashMap<>(json);
        Map<String, Object> metadata = map(json.get("metadata"));
        metadata.keySet().removeAll(Set.of("resourceVersion", "uid", "creationTimestamp", "managedFields"));
        copy.put("metadata", metadata);
        return copy;
    }

    /** Returns the object to write for a secret: a new one, or that of {@code old} with changes. */
    static Map<String, Object> write(
            KubernetesApi api, @Nullable StoredObject old, SecretMetadata secret, Map<String, String> changed) {
        Map<String, String> values = new TreeMap<>(old == null ? Map.of() : old.values);
        changed.forEach((key, value) -> values.put(key, encode(value)));
        values.keySet().retainAll(secret.keys());

        Map<String, Object> json = new LinkedHashMap<>(old == null ? Map.of() : old.json);
        boolean registry = secret.type() == SecretType.CONTAINER_REGISTRY;
        json.put("apiVersion", "v1");
        json.put("kind", "Secret");
        json.put("type", registry ? REGISTRY : OPAQUE);
        json.put("data", registry ? Map.of(DOCKER_CONFIG, encode(writeRegistry(api, values))) : values);
        json.put("metadata", writeMetadata(api, map(json.get("metadata")), secret));
        return json;
    }

    private static Map<String, Object> writeMetadata(
            KubernetesApi api, Map<String, Object> old, SecretMetadata secret) {
        Map<String, Object> annotations = map(old.get("annotations"));
        annotations.put(NAME, secret.name());
        annotations.put(DESCRIPTION, secret.description());
        annotations.put(CREATED, secret.created().toString());
        annotations.put(UPDATED, secret.updated().toString());
        annotations.remove(MOUNT);
        secret.mount()
                .directory()
                .ifPresent(directory -> annotations.put(
                        MOUNT,
                        api.write(Map.of(
                                "directory",
                                directory,
                                "subPaths",
                                secret.mount().subPaths()))));
        List<Map<String, Object>> attachments = new ArrayList<>();
        for (Attachment attachment : secret.attachments()) {
            attachments.add(Map.of(
                    "deployment", attachment.deployment(),
                    "since", attachment.since().toString(),
                    "restartNeeded", attachment.restartNeeded()));
        }
        annotations.put(ATTACHMENTS, api.write(attachments));

        Map<String, Object> labels = map(old.get("labels"));
        labels.put(LABEL, MANAGER);
        Map<String, Object> metadata = new LinkedHashMap<>(old);
        metadata.put("name", nameOf(secret.name()));
        metadata.put("labels", labels);
        metadata.put("annotations", annotations);
        // The server's own notes, which are large, and which it does not want back.
        metadata.remove("managedFields");
        return metadata;
    }

    private static String writeRegistry(KubernetesApi api, Map<String, String> values) {
        Map<String, String> login = new LinkedHashMap<>();
        for (String key : List.of("username", "password", "email")) {
            login.put(key, decode(values.getOrDefault(key, ""), "", key));
        }
        String both = login.get("username") + ":" + login.get("password");
        login.put("auth", encode(both));
        String server = decode(values.getOrDefault("registry_server", ""), "", "registry_server");
        return api.write(Map.of("auths", Map.of(server, login)));
    }

    private static String encode(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String base64, String secret, String key) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))
                    .toString();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new SecretStoreException("the key " + key + " of the secret " + secret + " is not UTF-8 text");
        }
    }

    /** Returns a part that is text, or an empty text. */
    static String text(@Nullable Object json, String... path) {
        return KubernetesApi.part(json, path) instanceof String text ? text : "";
    }

    /** Copies an object, or what is none as an empty one. */
    private static Map<String, Object> map(@Nullable Object json) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (json instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return copy;
    }

    private static Map<String, String> strings(@Nullable Object json) {
        Map<String, String> strings = new TreeMap<>();
        map(json).forEach((key, value) -> strings.put(key, value instanceof String text ? text : ""));
        return strings;
    }

    /** Returns the secret's name. */
    @Override
    public String toString() {
        return "StoredObject[" + metadata.name() + "]";
    }
}
