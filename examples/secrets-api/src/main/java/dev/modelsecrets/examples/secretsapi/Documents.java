package dev.modelsecrets.examples.secretsapi;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.SecretMetadata.Attachment;
import dev.modelsecrets.store.SecretMetadata.Revision;
import dev.modelsecrets.store.SecretTemplate;
import dev.modelsecrets.store.SecretType;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes what a store tells of its secrets as JSON. */
final class Documents {

    /** How OCI's documents write a time: {@code 2025-07-15 11:39 AM UTC}. */
    private static final DateTimeFormatter OCI_TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd hh:mm a 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final String namespace;

    Documents(String namespace) {
        this.namespace = namespace;
    }

    /**
     * Writes a secret as OCI's documents show it: type and keys are those of the Kubernetes secret that OCI makes of
     * it.
     */
    void writeOci(JsonGenerator json, SecretMetadata secret) throws IOException {
        boolean registry = secret.type() == SecretType.CONTAINER_REGISTRY;
        json.writeStartObject();
        json.writeStringField("name", secret.name());
        json.writeStringField("namespace", namespace);
        json.writeStringField("type", registry ? "kubernetes.io/dockerconfigjson" : "Opaque");
        writeTexts(json, "data_keys", registry ? Set.of(".dockerconfigjson") : secret.keys());
        json.writeStringField("creation_timestamp", OCI_TIME.format(secret.created()));
        json.writeEndObject();
    }

    /** Writes all that the store tells of a secret. */
    void writeAll(JsonGenerator json, SecretMetadata secret) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", secret.name());
        json.writeStringField("namespace", namespace);
        json.writeStringField("type", secret.type().id());
        json.writeNumberField("version", secret.version());
        writeTexts(json, "keys", secret.keys());
        json.writeStringField("description", secret.description());
        writeTexts(json, "labels", secret.labels());
        json.writeStringField("stage", secret.stage().id());
        json.writeObjectFieldStart("mount");
        if (secret.mount().directory().isPresent()) {
            json.writeStringField("directory", secret.mount().directory().get());
            writeTexts(json, "sub_paths", secret.mount().subPaths());
        }
        json.writeEndObject();
        writeIfPresent(
                json, "template", secret.template().map(SecretTemplate::name).orElse(""));
        writeTime(json, "created", secret.created());
        writeTime(json, "updated", secret.updated());
        writeIfPresent(json, "expires", secret.expires().map(Instant::toString).orElse(""));
        writeIfPresent(
                json,
                "rotate_every",
                secret.rotationPeriod().map(Object::toString).orElse(""));
        writeIfPresent(
                json,
                "rotation_due",
                secret.rotationDue().map(Instant::toString).orElse(""));
        json.writeArrayFieldStart("attachments");
        for (Attachment attachment : secret.attachments()) {
            json.writeStartObject();
            json.writeStringField("deployment", attachment.deployment());
            writeTime(json, "since", attachment.since());
            json.writeBooleanField("restart_needed", attachment.restartNeeded());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("history");
        for (Revision revision : secret.history()) {
            json.writeStartObject();
            json.writeNumberField("version", revision.version());
            writeTime(json, "updated", revision.updated());
            writeTexts(json, "keys", revision.keys());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Writes a list of secrets, each in the given way. */
    static Answer list(List<SecretMetadata> secrets, Writer writer) {
        return Answer.json(200, json -> {
            json.writeStartArray();
            for (SecretMetadata secret : secrets) {
                writer.write(json, secret);
            }
            json.writeEndArray();
        });
    }

    /** Writes a secret, with its version as {@code ETag}. */
    static Answer one(int status, SecretMetadata secret, Writer writer) {
        return Answer.json(status, json -> writer.write(json, secret)).with("ETag", "\"" + secret.version() + "\"");
    }

    /** Writes the templates, as a form asks for their keys. */
    static Answer templates() {
        return Answer.json(200, json -> {
            json.writeStartArray();
            for (SecretTemplate template : SecretTemplate.values()) {
                json.writeStartObject();
                json.writeStringField("name", template.name());
                json.writeArrayFieldStart("keys");
                for (SecretTemplate.Key key : template.keys()) {
                    json.writeStartObject();
                    json.writeStringField("name", key.name());
                    json.writeStringField("description", key.description());
                    json.writeBooleanField("required", key.isRequired());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** Writes one secret. */
    @FunctionalInterface
    interface Writer {
        void write(JsonGenerator json, SecretMetadata secret) throws IOException;
    }

    private static void writeTime(JsonGenerator json, String name, Instant time) throws IOException {
        json.writeStringField(name, time.toString());
    }

    private static void writeIfPresent(JsonGenerator json, String name, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }

    private static void writeTexts(JsonGenerator json, String name, Set<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void writeTexts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }
}
