package dev.modelsecrets.local;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.standard.MalformedDocumentException;
import dev.modelsecrets.standard.SecretFiles;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets from a {@code .env} file, each value as it is written there.
 *
 * <pre>{@code
 * SecretProvider dotEnv = DotEnvSecretProvider.at(Path.of(".env"));
 * SecretProvider upperCase = SecretProvider.renaming(dotEnv, name -> name.toUpperCase(Locale.ROOT)); // HF_TOKEN=..
 * }</pre>
 *
 * <p>The syntax is that of "Syntax for environment files" of Docker Compose, without its interpolation: {@code
 * p@ss#word}, {@code $2a$10$..} and {@code key=abc==} come back unchanged; {@code KEY=value # note} loses the note. In
 * single quotes everything is literal but {@code \'}; double quotes have the escape sequences {@code \n \r \t \\ \" \$}
 * and some more. How other readers of such files differ is a table in the module's README. {@link #expanding} replaces
 * references. A name without a value is absent, and so is every name if there is no file; a malformed file fails. A
 * file that others can read is warned of once. Thread-safe; the file is read anew by each {@code find}.
 */
public final class DotEnvSecretProvider implements SecretProvider {

    private static final String NAME = "dotenv";

    private final Path file;
    private final transient @Nullable Map<String, String> environment;
    private final OpenFile openFile = new OpenFile();

    private DotEnvSecretProvider(Path file, @Nullable Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /**
     * Reads a file.
     *
     * @param file the file, which need not exist
     * @return a provider
     */
    public static DotEnvSecretProvider at(Path file) {
        return new DotEnvSecretProvider(file.toAbsolutePath(), null);
    }

    /**
     * Replaces references in unquoted and double-quoted values: {@code $NAME}, <code>${NAME}</code> and
     * <code>${NAME:-default}</code>.
     *
     * <p>A reference is to a variable further up in the file, or else of the environment; one to neither is an error,
     * as an empty part of a secret is never right. {@code $$} is a dollar sign, and so is one that no name follows.
     *
     * @param environment the variables to refer to beside those of the file
     * @return a provider that expands
     */
    public DotEnvSecretProvider expanding(Map<String, String> environment) {
        return new DotEnvSecretProvider(file, Map.copyOf(environment));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        Map<String, Lookup> answers = new HashMap<>();
        if (names.isEmpty()) {
            return answers;
        }
        Optional<Map<String, DotEnvVariable>> variables = read();
        for (String name : names) {
            answers.put(
                    name,
                    variables
                            .map(found -> answer(name, found))
                            .orElseGet(() -> Lookup.absent(file + " does not exist")));
        }
        return answers;
    }

    /**
     * Returns the variables that the file has, in its order, also those without a value.
     *
     * @return the names; none if there is no file
     * @throws SecretProviderException if the file cannot be read or is malformed
     */
    public Set<String> variables() {
        return read().map(variables -> Collections.unmodifiableSet(variables.keySet()))
                .orElse(Set.of());
    }

    private Optional<Map<String, DotEnvVariable>> read() {
        try {
            Optional<String> text = SecretFiles.readDocument(file);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            openFile.warnOf(file);
            return Optional.of(
                    environment == null
                            ? DotEnvParser.parse(text.get())
                            : DotEnvParser.parseExpanding(text.get(), environment));
        } catch (MalformedDocumentException e) {
            throw new SecretProviderException(NAME, file + " " + e.fault());
        } catch (DotEnvSyntaxException e) {
            throw new SecretProviderException(NAME, file + ": " + e.problem());
        }
    }

    private Lookup answer(String name, Map<String, DotEnvVariable> variables) {
        DotEnvVariable variable = variables.get(name);
        if (variable == null) {
            return Lookup.absent(() -> file + " has no variable " + name
                    + variables.keySet().stream()
                            .filter(other -> other.equalsIgnoreCase(name))
                            .findFirst()
                            .map(other -> " (it has " + other + ": case matters)")
                            .orElse(""));
        }
        String place = file + " line " + variable.line();
        String value = variable.value();
        return value == null ? Lookup.absent(place + " names it without a value") : Lookup.found(value, place);
    }

    @Override
    public Optional<String> remedy(String name) {
        return Optional.of("add the line " + Objects.requireNonNull(name, "name") + "=... to " + file);
    }

    /** Returns the path of the file. */
    @Override
    public String toString() {
        return "DotEnvSecretProvider[" + file + "]";
    }
}
