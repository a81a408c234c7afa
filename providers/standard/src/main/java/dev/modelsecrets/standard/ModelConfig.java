package dev.modelsecrets.standard;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.standard.internal.ConfigFile;
import dev.modelsecrets.standard.internal.DocumentValue;
import dev.modelsecrets.standard.internal.MalformedException;
import dev.modelsecrets.standard.internal.YamlSecrets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code config.yaml} of a model: its {@code secrets:} section declares the names that the model needs.
 *
 * <p>The convention is that of Truss and Baseten: a map of name to default, where null means that a value is required.
 * Other sections are not looked at. Immutable and thread-safe.
 */
public final class ModelConfig {

    private final Path file;
    private final SecretDeclarations declarations;

    private ModelConfig(Path file, SecretDeclarations declarations) {
        this.file = file;
        this.declarations = declarations;
    }

    /**
     * Reads a model's {@code config.yaml}.
     *
     * @param configYaml the file
     * @return what it declares
     * @throws InvalidSecretNameException if a name is not a secret name; the message says line and column
     * @throws ModelConfigException if the file does not exist, cannot be read, or is not YAML of the expected shape; the
     *     message says line and column
     */
    public static ModelConfig read(Path configYaml) {
        try {
            ConfigFile config = ConfigFile.read(configYaml);
            if (config == null) {
                throw new ModelConfigException(configYaml + " does not exist");
            }
            YamlSecrets section = YamlSecrets.parse(config.text(), true);
            return new ModelConfig(configYaml, declarations(configYaml, section.values()));
        } catch (MalformedException e) {
            throw new ModelConfigException(configYaml + " " + e.problem());
        }
    }

    private static SecretDeclarations declarations(Path file, Map<String, DocumentValue> values) {
        SecretDeclarations.Builder declarations = SecretDeclarations.builder();
        for (Map.Entry<String, DocumentValue> entry : values.entrySet()) {
            String name = entry.getKey();
            DocumentValue value = entry.getValue();
            String where = file + ", " + value.place();
            try {
                SecretDeclarations.checkName(name);
            } catch (InvalidSecretNameException e) {
                throw InvalidSecretNameException.at(where);
            }
            if (value.problem() != null) {
                throw new ModelConfigException(where + ": the default of a secret " + value.problem());
            }
            @Nullable String fallback = value.text();
            if (fallback == null) {
                declarations.required(name);
            } else {
                declarations.withDefault(name, fallback);
            }
        }
        return declarations.build();
    }

    /**
     * Returns what the {@code secrets:} section declares.
     *
     * @return the declarations, in the order of the file; empty if there is no such section
     */
    public SecretDeclarations declarations() {
        return declarations;
    }

    /** Returns the file and the names, never a default. */
    @Override
    public String toString() {
        return "ModelConfig[" + file + ", " + declarations + "]";
    }
}
