package dev.modelsecrets.examples.benchmarks.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.OperationResults;
import dev.modelsecrets.store.SecretOperations;
import dev.modelsecrets.store.StoreKeyFile;
import dev.modelsecrets.store.StoreSecretProvider;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The store of this library. */
public final class ModelSecrets implements Contender {

    private final EncryptedSecretStore store;
    private final SecretsResolver resolver;

    private ModelSecrets(EncryptedSecretStore store) {
        this.store = store;
        this.resolver = SecretsResolver.of(StoreSecretProvider.of(store));
    }

    /** Makes or opens a store. */
    public static Contender open(Path directory) {
        return new ModelSecrets(store(directory));
    }

    static EncryptedSecretStore store(Path directory) {
        Path key = directory.resolve("key");
        Path file = directory.resolve("secrets.json");
        return Files.exists(file)
                ? EncryptedSecretStore.open(file, StoreKeyFile.at(key))
                : EncryptedSecretStore.create(file, StoreKeyFile.create(key));
    }

    /** A batch is a JSON document, which is written and parsed here too. */
    @Override
    public void createAll(Map<String, String> secrets) {
        OperationResults results = SecretOperations.parse(document(secrets)).apply(store, SecretOperations.Mode.ATOMIC);
        if (!results.succeeded()) {
            throw new IllegalStateException(results.toJson());
        }
    }

    private static String document(Map<String, String> secrets) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("secrets_payload");
            for (Map.Entry<String, String> secret : secrets.entrySet()) {
                json.writeStartObject();
                json.writeStringField("name", secret.getKey());
                json.writeStringField("action", "create");
                json.writeStringField("type", "opaque");
                json.writeObjectFieldStart("data");
                json.writeStringField("value", secret.getValue());
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    @Override
    public void create(String name, String value) {
        store.put(name, value);
    }

    @Override
    public Map<String, String> resolve(List<String> names) {
        return resolver.resolve(names.toArray(new String[0]));
    }

    @Override
    public void close() {
        store.close();
    }
}
