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
    private static final String PROPERTIES = PREFIX + "properties";
    private static final String ATTACHMENTS = PREFIX + "attachments";
    private static final String CREATED = PREFIX + "created";
    private static final String UPDATED = PREFIX + "updated";

    private final JsonObject json;
    private final SecretMetadata metadata;

    /** The values by their keys; base64 as they are in the object, unless it is a registry. */
    private final transient Map<String, String> values;

    private StoredObject(JsonObject json, SecretMetadata metadata, Map<String, String> values) {
        this.json = json;
        this.metadata = metadata;
        this.values = values;
    }

    /**
     * Names the object: as the secret where Kubernetes allows that, and else alike, with a hash of the exact name at
     * the end, so that {@code token} and {@code TOKEN} do not meet.
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

    /**
     * Reads an object with the store's label; empty if it is of another kind than the store writes, or on its way out.
     */
    static Optional<StoredObject> read(JsonObject object) {
        // The items of a list do not repeat these.
        JsonObject json = object.with("apiVersion", "v1").with("kind", "Secret");
        boolean registry = json.text("type").equals(REGISTRY);
        if (!registry && !json.text("type").equals(OPAQUE)) {
            return Optional.empty();
        }
        JsonObject metadata = json.object("metadata");
        JsonObject annotations = metadata.object("annotations");
        String objectName = metadata.text("name");
        String exact = annotations.text(NAME);
        String name = exact.isEmpty() ? objectName : exact;
        boolean copied = !nameOf(name).equals(objectName);
        if (copied || isBeingDeleted(json) || !metadata.text("labels", LABEL).equals(MANAGER)) {
            return Optional.empty();
        }
        Map<String, String> values =
                registry ? readRegistry(json, objectName) : json.object("data").texts();
        Instant created = instant(annotations.text(CREATED))
                .or(() -> instant(metadata.text("creationTimestamp")))
                .orElse(Instant.EPOCH);
        SecretMetadata.Builder secret = SecretMetadata.builder(name)
                .type(registry ? SecretType.CONTAINER_REGISTRY : SecretType.OPAQUE)
                .description(annotations.text(DESCRIPTION))
                .mount(readMount(annotations.text(MOUNT)))
                .keys(values.keySet())
                .created(created)
                .updated(instant(annotations.text(UPDATED)).orElse(created))
                .version(version(metadata.text("resourceVersion")))
                .attachments(readAttachments(annotations.text(ATTACHMENTS)));
        StoredProperties.read(JsonObject.parse(annotations.text(PROPERTIES)).orElse(JsonObject.EMPTY), secret);
        return Optional.of(new StoredObject(json, secret.build(), values));
    }

    /** Tells whether somebody deleted an object that a finalizer still holds: whatever is written to it is lost. */
    static boolean isBeingDeleted(JsonObject object) {
        return !object.text("metadata", "deletionTimestamp").isEmpty();
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

    private static SecretMount readMount(String annotation) {
        JsonObject mount = JsonObject.parse(annotation).orElse(JsonObject.EMPTY);
        String directory = mount.text("directory");
        return directory.isEmpty()
                ? SecretMount.environment()
                : SecretMount.files(directory, mount.object("subPaths").texts());
    }

    private static List<Attachment> readAttachments(String annotation) {
        List<Attachment> read = new ArrayList<>();
        JsonObject wrapped =
                JsonObject.parse("{\"attachments\":" + annotation + "}").orElse(JsonObject.EMPTY);
        for (JsonObject attachment : wrapped.objects("attachments")) {
            read.add(new Attachment(
                    attachment.text("deployment"),
                    instant(attachment.text("since")).orElse(Instant.EPOCH),
                    attachment.isTrue("restartNeeded")));
        }
        return read;
    }

    private static Map<String, String> readRegistry(JsonObject json, String objectName) {
        String document = decode(json.text("data", DOCKER_CONFIG), objectName, DOCKER_CONFIG);
        JsonObject servers = JsonObject.parse(document).orElse(JsonObject.EMPTY).object("auths");
        Map<String, String> values = new TreeMap<>();
        // The store writes one; of more, none could be told to be the one.
        for (String server : servers.texts().keySet()) {
            values.put("registry_server", encode(server));
            for (String key : List.of("username", "password", "email")) {
                values.put(key, encode(servers.text(server, key)));
            }
        }
        return values;
    }

    SecretMetadata metadata() {
        return metadata;
    }

    /** Returns the name of the object. */
    String objectName() {
        return json.text("metadata", "name");
    }

    String resourceVersion() {
        return json.text("metadata", "resourceVersion");
    }

    /** Returns a value. */
    String value(String key) {
        return decode(values.getOrDefault(key, ""), metadata.name(), key);
    }

    /** Returns the object as it is here, to be put in place of what it has become. */
    JsonObject withVersionOf(StoredObject other) {
        return json.with("metadata", json.object("metadata").with("resourceVersion", other.resourceVersion()));
    }

    /** Returns the object as it is here, to be created once more. */
    JsonObject anew() {
        return json.with(
                "metadata",
                json.object("metadata")
                        .without(Set.of("resourceVersion", "uid", "creationTimestamp", "managedFields")));
    }

    /** Returns the object to write for a secret: a new one, or that of {@code old} with changes. */
    static JsonObject write(@Nullable StoredObject old, SecretMetadata secret, Map<String, String> changed) {
        Map<String, String> values = new TreeMap<>(old == null ? Map.of() : old.values);
        changed.forEach((key, value) -> values.put(key, encode(value)));
        values.keySet().retainAll(secret.keys());

        JsonObject json = old == null ? JsonObject.EMPTY : old.json;
        boolean registry = secret.type() == SecretType.CONTAINER_REGISTRY;
        return json.with("apiVersion", "v1")
                .with("kind", "Secret")
                .with("type", registry ? REGISTRY : OPAQUE)
                .with("data", registry ? Map.of(DOCKER_CONFIG, encode(writeRegistry(values))) : values)
                .with("metadata", writeMetadata(json.object("metadata"), secret));
    }

    private static JsonObject writeMetadata(JsonObject old, SecretMetadata secret) {
        JsonObject annotations = old.object("annotations")
                .without(Set.of(MOUNT, PROPERTIES))
                .with(NAME, secret.name())
                .with(DESCRIPTION, secret.description())
                .with(CREATED, secret.created().toString())
                .with(UPDATED, secret.updated().toString())
                .with(ATTACHMENTS, writeAttachments(secret.attachments()));
        if (secret.mount().directory().isPresent()) {
            annotations = annotations.with(
                    MOUNT,
                    JsonObject.EMPTY
                            .with("directory", secret.mount().directory().get())
                            .with("subPaths", secret.mount().subPaths())
                            .write());
        }
        JsonObject properties = StoredProperties.write(secret);
        if (!properties.isEmpty()) {
            annotations = annotations.with(PROPERTIES, properties.write());
        }
        // The server's own notes are large, and it does not want them back.
        return old.without(Set.of("managedFields"))
                .with("name", nameOf(secret.name()))
                .with("labels", old.object("labels").with(LABEL, MANAGER))
                .with("annotations", annotations);
    }

    private static String writeAttachments(List<Attachment> attachments) {
        List<JsonObject> written = new ArrayList<>();
        for (Attachment attachment : attachments) {
            written.add(JsonObject.EMPTY
                    .with("deployment", attachment.deployment())
                    .with("since", attachment.since().toString())
                    .with("restartNeeded", attachment.restartNeeded()));
        }
        return JsonObject.write(written);
    }

    private static String writeRegistry(Map<String, String> values) {
        JsonObject login = JsonObject.EMPTY;
        for (String key : List.of("username", "password", "email")) {
            login = login.with(key, decode(values.getOrDefault(key, ""), "", key));
        }
        login = login.with("auth", encode(login.text("username") + ":" + login.text("password")));
        String server = decode(values.getOrDefault("registry_server", ""), "", "registry_server");
        return JsonObject.EMPTY
                .with("auths", JsonObject.EMPTY.with(server, login))
                .write();
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

    /** Returns the secret's name. */
    @Override
    public String toString() {
        return "StoredObject[" + metadata.name() + "]";
    }
}
