package dev.modelsecrets.standard;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.standard.internal.Printable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets from the {@code secrets:} map of a local YAML file, as a developer keeps it in {@code
 * ~/.truss/config.yaml}.
 *
 * <p>The convention is that of Truss. A scalar is the text as written: {@code 0123}, {@code 1e5} and {@code no} come
 * back unchanged; unquoted {@code null}, {@code ~} and nothing are absent. No file, an empty file and no {@code
 * secrets:} are absent too. Thread-safe; the file is read anew by each {@code find}, and YAML classes are loaded only
 * if there is one. A file that group or others can read gets one WARN.
 *
 * <pre>{@code
 * SecretsResolver resolver = SecretsResolver.of(LocalConfigSecretProvider.create());
 * Secrets secrets = resolver.resolve("hf_access_token");
 * }</pre>
 */
public final class LocalConfigSecretProvider implements SecretProvider {

    static final String NAME = "local config";

    /** The directory to look below, or else the next one, where no file is given. */
    private final @Nullable String home;

    private final @Nullable String otherHome;
    private final @Nullable Path given;

    /** The file, once it is asked for: a chain that finds everything before it does not pay for it. */
    private @Nullable LocalConfigFile file;

    private LocalConfigSecretProvider(@Nullable String home, @Nullable String otherHome, @Nullable Path given) {
        this.home = home;
        this.otherHome = otherHome;
        this.given = given;
    }

    /**
     * Creates a provider for {@code ~/.truss/config.yaml}.
     *
     * <p>The home directory is that of the variable {@code HOME}, as in Truss, or else of the user's account; one that
     * is no absolute path, as in containers whose user has no account, does not count.
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
        return new LocalConfigSecretProvider(environment.get("HOME"), otherwise, null);
    }

    /**
     * Creates a provider for another file.
     *
     * @param file the YAML file; it need not exist
     * @return a provider
     */
    public static LocalConfigSecretProvider at(Path file) {
        return new LocalConfigSecretProvider(null, null, file.toAbsolutePath());
    }

    private synchronized LocalConfigFile file() {
        LocalConfigFile located = file;
        if (located == null) {
            located = given == null ? LocalConfigFile.inHome(home, otherHome) : LocalConfigFile.at(given);
            file = located;
        }
        return located;
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
        return file().find(names);
    }

    /** Returns a token as long as there is no file; one that is there is read anew. */
    @Override
    public Optional<Object> version() {
        return file().isMissing() ? Optional.of("no file") : Optional.empty();
    }

    @Override
    public Optional<String> remedy(String name) {
        return Optional.ofNullable(file().path())
                .map(place -> "add it under `secrets:` in " + Printable.shellWord(place));
    }

    @Override
    public String toString() {
        Path path = file().path();
        return "LocalConfigSecretProvider[" + (path == null ? "no home" : Printable.path(path)) + "]";
    }
}
