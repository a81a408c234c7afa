package dev.modelsecrets.standard;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.standard.internal.ConfigFile;
import dev.modelsecrets.standard.internal.DocumentValue;
import dev.modelsecrets.standard.internal.MalformedException;
import dev.modelsecrets.standard.internal.NearMiss;
import dev.modelsecrets.standard.internal.Printable;
import dev.modelsecrets.standard.internal.Variables;
import dev.modelsecrets.standard.internal.YamlSecrets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
 *
 * <pre>{@code
 * SecretsResolver resolver = SecretsResolver.of(LocalConfigSecretProvider.create());
 * Secrets secrets = resolver.resolve("hf_access_token");
 * }</pre>
 */
public final class LocalConfigSecretProvider implements SecretProvider {

    private static final String NAME = "local config";

    private final @Nullable Path file;

    /** What to answer where there is no place for a file. */
    private final Lookup withoutFile;

    private boolean warned;

    private LocalConfigSecretProvider(@Nullable Path file, Lookup withoutFile) {
        this.file = file == null ? null : file.toAbsolutePath();
        this.withoutFile = withoutFile;
    }

    /**
     * Creates a provider for {@code ~/.truss/config.yaml}.
     *
     * <p>The home directory is that of the variable {@code HOME}, as in Truss, or else of the user's account; one that is
     * no absolute path, as in containers whose user has no account, does not count.
     *
     * @return a provider that need not find the file, nor a home directory
     */
    public static LocalConfigSecretProvider create() {
        return inHomeOf(System.getenv());
    }

    /** Creates a provider for the home directory that an environment names, or that of the user's account. */
    static LocalConfigSecretProvider inHomeOf(Map<String, String> environment) {
        return inHomeOf(environment, System.getProperty("user.home"));
    }

    /** Creates a provider for the home directory that an environment names, or another one. */
    static LocalConfigSecretProvider inHomeOf(Map<String, String> environment, @Nullable String otherwise) {
        String home = environment.get("HOME");
        String problem = home == null ? null : Variables.problem(home);
        if (problem != null) {
            return new LocalConfigSecretProvider(null, Lookup.failed("HOME " + problem));
        }
        try {
            for (String candidate : new @Nullable String[] {home, otherwise}) {
                if (candidate != null && Path.of(candidate).isAbsolute()) {
                    return at(Path.of(candidate, ".truss", "config.yaml"));
                }
            }
        } catch (InvalidPathException e) {
            return new LocalConfigSecretProvider(
                    null,
                    Lookup.failed("the home directory has a name that is no path in this locale:"
                            + " start the process with LC_ALL=C.UTF-8"));
        }
        return new LocalConfigSecretProvider(
                null, Lookup.absent("there is no home directory: HOME is not set to an absolute path"));
    }

    /**
     * Creates a provider for another file.
     *
     * @param file the YAML file; it need not exist
     * @return a provider
     */
    public static LocalConfigSecretProvider at(Path file) {
        Objects.requireNonNull(file, "file");
        return new LocalConfigSecretProvider(file, Lookup.absent(file + " does not exist"));
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Reads the file and picks the names.
     *
     * <p>A map or list under a name, or a tag, is a failed answer for that name.
     *
     * @throws SecretProviderException if the file is there but is not YAML of the expected shape, or cannot be read;
     *     the message says line and column
     */
    @Override
    public Map<String, Lookup> find(Set<String> names) {
        for (String name : names) {
            SecretDeclarations.checkName(name);
        }
        if (file == null) {
            return each(names, withoutFile);
        }
        YamlSecrets section;
        try {
            ConfigFile config = ConfigFile.read(file);
            if (config == null) {
                return each(names, Lookup.absent(file + " does not exist"));
            }
            if (config.isReadableByOthers()) {
                warnOnce(file);
            }
            section = YamlSecrets.parseSection(config.text());
        } catch (MalformedException e) {
            throw new SecretProviderException(NAME, Printable.path(file) + " " + e.problem());
        }
        if (!section.isPresent()) {
            String slip = section.slip();
            return each(names, Lookup.absent(file + " has no `secrets:` section" + (slip == null ? "" : ": " + slip)));
        }
        NearMiss keys = new NearMiss(section.values().keySet());
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            answers.put(name, lookup(file, name, section.values().get(name), keys));
        }
        return answers;
    }

    private synchronized void warnOnce(Path readable) {
        if (!warned) {
            warned = true;
            LoggerFactory.getLogger("dev.modelsecrets")
                    .warn(
                            "{} holds secrets and can be read by other users; run: chmod 600 {}",
                            Printable.path(readable),
                            Printable.shellWord(readable));
        }
    }

    private static Lookup lookup(Path file, String name, @Nullable DocumentValue value, NearMiss keys) {
        if (value == null) {
            return Lookup.absent(new NoSuchKey(file, name, keys));
        }
        if (value.problem() != null) {
            return Lookup.failed(file + ": the secret " + name + " at " + value.place() + " " + value.problem());
        }
        return value.text() == null
                ? Lookup.absent(file + " has it as null, at " + value.place())
                : Lookup.found(value.text(), file + " secrets." + name);
    }

    private static Map<String, Lookup> each(Set<String> names, Lookup answer) {
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            answers.put(name, answer);
        }
        return answers;
    }

    /** Returns a token as long as there is no file; one that is there is read anew. */
    @Override
    public Optional<Object> version() {
        return file == null || Files.notExists(file) ? Optional.of("no file") : Optional.empty();
    }

    @Override
    public Optional<String> remedy(String name) {
        return Optional.ofNullable(file).map(place -> "add it under `secrets:` in " + Printable.shellWord(place));
    }

    @Override
    public String toString() {
        return "LocalConfigSecretProvider[" + (file == null ? "no home" : Printable.path(file)) + "]";
    }

    /** The reason of an absent key, worked out only for a person to read. */
    private record NoSuchKey(Path file, String name, NearMiss keys) implements Supplier<String> {

        @Override
        public String get() {
            return file + " has no such secret" + keys.remark(name);
        }
    }
}
