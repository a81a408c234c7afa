package dev.modelsecrets.standard;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.standard.internal.ConfigFile;
import dev.modelsecrets.standard.internal.DocumentValue;
import dev.modelsecrets.standard.internal.Failure;
import dev.modelsecrets.standard.internal.MalformedException;
import dev.modelsecrets.standard.internal.NearMiss;
import dev.modelsecrets.standard.internal.YamlSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Reads secrets from the {@code secrets:} map of a local YAML file, as a developer keeps it in {@code
 * ~/.truss/config.yaml}.
 *
 * <p>The convention is that of Truss. A scalar is the text as written: {@code 0123}, {@code 1e5} and {@code no} come
 * back unchanged; unquoted {@code null}, {@code ~} and nothing are absent. No file, an empty file and no {@code
 * secrets:} are absent too. Thread-safe; the file is read anew by each {@code find}, and YAML classes are loaded only if
 * there is one. A file that group or others can read gets one WARN.
 */
public final class LocalConfigSecretProvider implements SecretProvider {

    private static final String NAME = "local config";

    private final Path file;
    private boolean warned;

    private LocalConfigSecretProvider(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * Creates a provider for {@code ~/.truss/config.yaml}.
     *
     * @return a provider that need not find the file
     */
    public static LocalConfigSecretProvider create() {
        return inHomeOf(System.getenv());
    }

    /** Creates a provider for the home directory that an environment names, as Truss does. */
    static LocalConfigSecretProvider inHomeOf(Map<String, String> environment) {
        String home = environment.get("HOME");
        Path directory = Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home);
        return at(directory.resolve(".truss").resolve("config.yaml"));
    }

    /**
     * Creates a provider for another file.
     *
     * @param file the YAML file; it need not exist
     * @return a provider
     */
    public static LocalConfigSecretProvider at(Path file) {
        return new LocalConfigSecretProvider(Objects.requireNonNull(file, "file"));
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Reads the file and picks the names.
     *
     * @throws SecretProviderException if the file is there but is not YAML of the expected shape, or cannot be read;
     *     the message says line and column
     */
    @Override
    public Map<String, Lookup> find(Set<String> names) {
        YamlSecrets section;
        try {
            ConfigFile config = ConfigFile.read(file);
            if (config == null) {
                return absent(names, file + " does not exist");
            }
            if (config.isReadableByOthers()) {
                warnOnce();
            }
            section = YamlSecrets.parse(config.text(), false);
        } catch (MalformedException e) {
            throw Failure.of(NAME, file + " " + e.problem());
        }
        if (!section.isPresent()) {
            return absent(names, file + " has no `secrets:` section");
        }
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            SecretDeclarations.checkName(name);
            answers.put(name, lookup(name, section));
        }
        return answers;
    }

    private synchronized void warnOnce() {
        if (!warned) {
            warned = true;
            LoggerFactory.getLogger("dev.modelsecrets")
                    .warn("{} holds secrets and can be read by other users; run: chmod 600 {}", file, file);
        }
    }

    private Lookup lookup(String name, YamlSecrets section) {
        @Nullable DocumentValue value = section.values().get(name);
        if (value == null) {
            return Lookup.absent(new NoSuchKey(file, name, section.values().keySet()));
        }
        if (value.problem() != null) {
            throw Failure.of(
                    NAME, name, file + ": the secret " + name + " at " + value.place() + " " + value.problem());
        }
        return value.text() == null
                ? Lookup.absent(file + " has it as null, at " + value.place())
                : Lookup.found(value.text(), file + " secrets." + name);
    }

    private static Map<String, Lookup> absent(Set<String> names, String reason) {
        Lookup absent = Lookup.absent(reason);
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            answers.put(name, absent);
        }
        return answers;
    }

    /** Returns a token as long as there is no file; one that is there is read anew. */
    @Override
    public Optional<Object> version() {
        return Files.notExists(file) ? Optional.of("no file") : Optional.empty();
    }

    @Override
    public Optional<String> remedy(String name) {
        return Optional.of("add it under `secrets:` in " + file);
    }

    @Override
    public String toString() {
        return "LocalConfigSecretProvider[" + file + "]";
    }

    /** The reason of an absent key, worked out only for a person to read. */
    private record NoSuchKey(Path file, String name, Set<String> keys) implements Supplier<String> {

        @Override
        public String get() {
            return file + " has no such secret" + NearMiss.remark(name, keys);
        }
    }
}
