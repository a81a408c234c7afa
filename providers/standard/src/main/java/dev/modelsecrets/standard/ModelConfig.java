package dev.modelsecrets.standard;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.standard.internal.ConfigFile;
import dev.modelsecrets.standard.internal.DocumentValue;
import dev.modelsecrets.standard.internal.MalformedException;
import dev.modelsecrets.standard.internal.Printable;
import dev.modelsecrets.standard.internal.SecretReferences;
import dev.modelsecrets.standard.internal.YamlSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code config.yaml} of a model: its {@code secrets:} section declares the names that the model needs.
 *
 * <p>The convention is that of Truss and Baseten: a map of name to default, where null means that a value is required,
 * and so does the placeholder {@code ***} that Truss Chains writes. Other sections are looked at only for the names of
 * secrets that they point at. Immutable and thread-safe.
 *
 * <pre>{@code
 * SecretDeclarations declarations = ModelConfig.read(Path.of("config.yaml")).declarations();
 * Secrets secrets = StandardProviders.resolver().resolve(declarations);
 * }</pre>
 */
public final class ModelConfig {

    private static final String PLACEHOLDER_OF_CHAINS = "***";

    private final String place;
    private final SecretDeclarations declarations;
    private final SecretReferences references;

    private ModelConfig(String place, SecretDeclarations declarations, SecretReferences references) {
        this.place = place;
        this.declarations = declarations;
        this.references = references;
    }

    /**
     * Reads a model's {@code config.yaml}.
     *
     * @param configYaml the file
     * @return what it declares
     * @throws InvalidSecretNameException if a name is not a secret name; the message says line and column
     * @throws ModelConfigException if the file does not exist, cannot be read, is not YAML of the expected shape, or
     *     declares nothing though it was meant to, as with {@code Secrets:}; the message says where
     */
    public static ModelConfig read(Path configYaml) {
        String place = Printable.path(configYaml);
        try {
            ConfigFile config = ConfigFile.read(configYaml);
            if (config == null) {
                throw new ModelConfigException(place + " does not exist");
            }
            return parse(config.text(), place);
        } catch (MalformedException e) {
            throw new ModelConfigException(place + " " + e.problem());
        }
    }

    /**
     * Reads a model's {@code config.yaml} from a stream.
     *
     * @param configYaml the text in UTF-8, at most 4 MiB; read to its end and left open
     * @return what it declares
     * @throws InvalidSecretNameException if a name is not a secret name; the message says line and column
     * @throws ModelConfigException if it cannot be read, as described at {@link #read(Path)}
     */
    public static ModelConfig read(InputStream configYaml) {
        return read(configYaml, "config.yaml");
    }

    /**
     * Reads a model's {@code config.yaml} from the class path or module of a class.
     *
     * @param type a class beside the resource
     * @param name the name of the resource, as in {@link Class#getResourceAsStream}
     * @return what it declares
     * @throws InvalidSecretNameException if a name is not a secret name; the message says line and column
     * @throws ModelConfigException if there is no such resource, or it cannot be read, as described at {@link
     *     #read(Path)}
     */
    public static ModelConfig ofResource(Class<?> type, String name) {
        String place = "the resource " + name + " of " + type.getName();
        try (InputStream resource = type.getResourceAsStream(Objects.requireNonNull(name, "name"))) {
            if (resource == null) {
                throw new ModelConfigException(place + " does not exist");
            }
            return read(resource, place);
        } catch (IOException e) {
            throw new ModelConfigException(
                    place + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static ModelConfig read(InputStream stream, String place) {
        try {
            return parse(ConfigFile.decodeDocument(stream.readNBytes(ConfigFile.LARGEST_FILE + 1)), place);
        } catch (MalformedException e) {
            throw new ModelConfigException(place + " " + e.problem());
        } catch (IOException e) {
            throw new ModelConfigException(
                    place + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static ModelConfig parse(String text, String place) throws MalformedException {
        YamlSecrets config = YamlSecrets.parseModelConfig(text);
        String slip = config.slip();
        if (slip != null) {
            throw new ModelConfigException(place + " declares no secrets: " + slip);
        }
        return new ModelConfig(place, declarations(place, config.values()), new SecretReferences(config.others()));
    }

    private static SecretDeclarations declarations(String place, Map<String, DocumentValue> values) {
        SecretDeclarations.Builder declarations = SecretDeclarations.builder();
        for (Map.Entry<String, DocumentValue> entry : values.entrySet()) {
            String name = entry.getKey();
            DocumentValue value = entry.getValue();
            String where = place + ", " + value.place();
            checkName(name, where);
            if (value.problem() != null) {
                throw new ModelConfigException(where + ": the default of a secret " + value.problem());
            }
            @Nullable String fallback = value.text();
            if (fallback == null || fallback.equals(PLACEHOLDER_OF_CHAINS)) {
                declarations.required(name);
            } else {
                declarations.withDefault(name, fallback);
            }
        }
        return declarations.build();
    }

    private static void checkName(String name, String where) {
        try {
            SecretDeclarations.checkName(name);
        } catch (InvalidSecretNameException e) {
            throw InvalidSecretNameException.at(where);
        }
    }

    /**
     * Returns what the {@code secrets:} section declares.
     *
     * @return the declarations, in the order of the file; empty if there is no such section
     */
    public SecretDeclarations declarations() {
        return declarations;
    }

    /**
     * Returns the names of secrets that other sections of a Truss point at: {@code weights[].auth_secret_name}, {@code
     * model_cache[].runtime_secret_name} ({@code hf_access_token} where it is left out), {@code
     * docker_auth.secret_name} and the keys of {@code build.secret_to_path_mapping}.
     *
     * <p>The platform reads these itself, when it builds the image and fetches weights; a model needs them only where
     * it does that work. To resolve them too, declare them:
     *
     * <pre>{@code
     * SecretDeclarations all = SecretDeclarations.of(config.referencedNames().toArray(new String[0]));
     * }</pre>
     *
     * @return an immutable set in the order given here; names that are declared too may be among them
     * @throws InvalidSecretNameException if one of them is not a secret name; the message says line and column
     * @throws ModelConfigException if one of them is not text
     */
    public Set<String> referencedNames() {
        Map<String, DocumentValue> names = references.names();
        names.forEach((name, value) -> {
            String where = place + ", " + value.place();
            if (value.problem() != null) {
                throw new ModelConfigException(where + ": the name of a secret " + value.problem());
            }
            checkName(name, where);
        });
        return names.keySet();
    }

    /**
     * Tells whether {@code runtime.oidc.enabled} is true: then the platform gives the model a token of its own, and
     * clouds can be reached without a stored secret.
     *
     * @return true if it is enabled
     */
    public boolean usesOidc() {
        return references.usesOidc();
    }

    /** Returns the file and the names, never a default. */
    @Override
    public String toString() {
        return "ModelConfig[" + place + ", " + declarations + "]";
    }
}
