package dev.modelsecrets.inject;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.SecretsResolver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a blueprint of OCI AI Blueprints says of the process in its container: command, variables and secrets.
 *
 * <p>Of the JSON document these fields are read, all others are left alone:
 *
 * <ul>
 *   <li>{@code recipe_environment_secrets}, a list of {@code envvar_name}, {@code secret_name} and {@code secret_key}:
 *       the variable takes the secret {@code <secret_name>.<secret_key>};
 *   <li>{@code recipe_container_env}, a list of {@code key} and {@code value}: plain variables;
 *   <li>{@code recipe_container_command} and {@code recipe_container_command_args}, lists of strings, in which {@code
 *       $(VAR)} is the value of the variable, as in Kubernetes.
 * </ul>
 *
 * <pre>{@code
 * ProcessBuilder server = Blueprint.read(Path.of("blueprint.json")).process(resolver, "vllm", "serve");
 * server.inheritIO().start();
 * }</pre>
 *
 * <p>Immutable and thread-safe. {@code toString} shows the names of variables and secrets only.
 */
public final class Blueprint {

    private final SecretInjection injection;
    private final transient Map<String, String> plainVariables;
    private final transient List<String> command;
    private final transient List<String> arguments;

    /** What a reader finds in a document; not thread-safe. */
    static final class Content {
        final SecretInjection.Builder injection = SecretInjection.builder();
        final Map<String, String> plainVariables = new LinkedHashMap<>();
        final List<String> command = new ArrayList<>();
        final List<String> arguments = new ArrayList<>();
    }

    private Blueprint(Content content) {
        injection = content.injection.expandArguments(ArgumentExpansion.STRICT).build();
        plainVariables = Collections.unmodifiableMap(content.plainVariables);
        command = List.copyOf(content.command);
        arguments = List.copyOf(content.arguments);
    }

    /**
     * Reads a blueprint from a JSON file.
     *
     * @param file the file, in UTF-8
     * @return the blueprint
     * @throws InvalidBlueprintException if it cannot be read or is not a blueprint; the message has line and column
     */
    public static Blueprint read(Path file) {
        String json;
        try {
            json = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InvalidBlueprintException(FileProblem.describe(file, "read", e));
        }
        return new Blueprint(BlueprintReader.read(json, file.toString()));
    }

    /**
     * Reads a blueprint from JSON text.
     *
     * @param json the document
     * @return the blueprint
     * @throws InvalidBlueprintException if it is not a blueprint; the message has line and column
     */
    public static Blueprint of(String json) {
        return new Blueprint(BlueprintReader.read(json, "the blueprint"));
    }

    /**
     * Returns which secret goes to which variable.
     *
     * @return an injection that expands {@code $(VAR)} in arguments and refuses unknown variables
     */
    public SecretInjection injection() {
        return injection;
    }

    /**
     * Makes the process of the blueprint: resolves its secrets, sets its variables and expands its arguments.
     *
     * <p>The process inherits the variables of this one, except for those of secrets; see {@link
     * InjectionPlan#applyTo}. <strong>Arguments are visible to every user of the machine.</strong>
     *
     * @param resolver resolves the secrets, under {@code <secret_name>.<secret_key>}
     * @param program the program that the image would start, and its first arguments; with none, the blueprint must
     *     have {@code recipe_container_command}
     * @return a process that has not been started
     * @throws IllegalArgumentException if there is no program in either place
     * @throws SecretInjectionException if a value fits no variable, or an argument refers to an unknown variable
     * @throws SecretsException for all that {@link SecretsResolver#resolve(String...)} throws
     */
    public ProcessBuilder process(SecretsResolver resolver, String... program) {
        List<String> line = new ArrayList<>(program.length == 0 ? command : List.of(program));
        if (line.isEmpty()) {
            throw new IllegalArgumentException(
                    "the blueprint has no recipe_container_command: say which program its image starts");
        }
        line.addAll(arguments);
        checkPlainVariables(ChildEnvironment.ofThisMachine());
        InjectionPlan plan = injection.plan(resolver.resolve(injection.declarations()));
        ProcessBuilder process = new ProcessBuilder(line);
        process.environment().putAll(plainVariables);
        return plan.applyTo(process);
    }

    private void checkPlainVariables(ChildEnvironment environment) {
        plainVariables.forEach((name, value) -> {
            if (environment.isTooLong(name + "=" + value)) {
                throw new SecretInjectionException("variable " + Quoted.of(name)
                        + " of the blueprint: its value is too long, nothing was applied: a variable may have 128 KiB"
                        + " on Linux, its name included");
            }
            if (!environment.encodable().test(value)) {
                throw new SecretInjectionException("variable " + Quoted.of(name)
                        + " of the blueprint: its value has characters that the locale of this JVM has no encoding"
                        + " for, nothing was applied; start the JVM with LC_ALL=C.UTF-8");
            }
        });
    }

    /** Returns the variables and secrets by name, never a value or an argument. */
    @Override
    @JsonValue
    public String toString() {
        return "Blueprint[secrets=" + injection.variables() + ", variables=" + plainVariables.keySet() + "]";
    }
}
