package dev.modelsecrets.standard;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.standard.internal.ConfigFile;
import dev.modelsecrets.standard.internal.JsonSecrets;
import dev.modelsecrets.standard.internal.MalformedException;
import dev.modelsecrets.standard.internal.NearMiss;
import dev.modelsecrets.standard.internal.Variables;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets from the one JSON text in the environment variable {@code AUTH_SECRET}.
 *
 * <p>The convention is that of Tensorleap. The top-level keys of the object are the names: strings as they are, numbers
 * as written, {@code true} and {@code false} as such, null absent, objects and arrays as compact JSON. The name {@code
 * AUTH_SECRET} is the whole text, and the only name that finds a text that is not a JSON object. Immutable and
 * thread-safe; JSON classes are loaded only if the variable is set.
 *
 * <pre>{@code
 * SecretsResolver resolver = SecretsResolver.of(AuthSecretProvider.create());
 * Secrets secrets = resolver.resolve("aws_access_key_id", "aws_secret_access_key");
 * }</pre>
 */
public final class AuthSecretProvider implements SecretProvider {

    /** The variable that Tensorleap sets: {@value}. */
    public static final String VARIABLE = "AUTH_SECRET";

    private final transient @Nullable String text;
    private final boolean readsFile;

    private AuthSecretProvider(@Nullable String text, boolean readsFile) {
        this.text = text;
        this.readsFile = readsFile;
    }

    /**
     * Creates a provider for the environment of this process.
     *
     * @return a provider that need not find the variable
     */
    public static AuthSecretProvider create() {
        return of(System.getenv());
    }

    /**
     * Creates a provider for a given environment, for tests.
     *
     * @param environment variables and their values; only {@code AUTH_SECRET} is looked at, now
     * @return a provider
     */
    public static AuthSecretProvider of(Map<String, String> environment) {
        return new AuthSecretProvider(environment.get(VARIABLE), false);
    }

    /**
     * Returns a provider that also takes the variable as the path of a file with the text, as projects for Tensorleap do on
     * a developer's machine.
     *
     * <p>The file is read anew by each {@code find}. A text that is not the absolute path of a file counts as the text itself.
     *
     * @return a new provider
     */
    public AuthSecretProvider orFromFile() {
        return new AuthSecretProvider(text, true);
    }

    @Override
    public String name() {
        return VARIABLE;
    }

    /**
     * Parses the text and picks the names.
     *
     * <p>Where the text starts like a JSON object and is not one, every name but {@code AUTH_SECRET} is a failed answer that
     * says line and column.
     */
    @Override
    public Map<String, Lookup> find(Set<String> names) {
        for (String name : names) {
            SecretDeclarations.checkName(name);
        }
        if (text == null) {
            return each(names, Lookup.absent("is not set"));
        }
        String problem = Variables.problem(text);
        if (problem != null) {
            return each(names, Lookup.failed("the variable " + problem));
        }
        Path file = file(text);
        if (file == null) {
            return find(names, text, "the variable", VARIABLE);
        }
        String name = "the file " + file;
        try {
            ConfigFile config = ConfigFile.read(file);
            return config == null
                    ? each(names, Lookup.absent(name + " does not exist"))
                    : find(names, config.text(), name, VARIABLE + " file " + file);
        } catch (MalformedException e) {
            return each(names, Lookup.failed(name + " " + e.problem()));
        }
    }

    /** Returns the file that the text is the path of; null if it is none: then it may be a secret. */
    private @Nullable Path file(String path) {
        if (!readsFile || JsonSecrets.looksLikeObject(path)) {
            return null;
        }
        try {
            Path file = Path.of(path.strip());
            return file.isAbsolute() && Files.exists(file) ? file : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static Map<String, Lookup> find(Set<String> names, String document, String title, String location) {
        boolean isObject = JsonSecrets.looksLikeObject(document);
        Map<String, @Nullable String> values = Map.of();
        Lookup malformed = null;
        if (isObject && !(names.size() == 1 && names.contains(VARIABLE))) {
            try {
                values = JsonSecrets.parse(document);
            } catch (MalformedException e) {
                malformed = Lookup.failed(title + " " + e.problem());
            }
        }
        NearMiss keys = new NearMiss(values.keySet());
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            if (name.equals(VARIABLE)) {
                answers.put(name, Lookup.found(document, location));
            } else if (!isObject) {
                answers.put(name, Lookup.absent(opaque(document)));
            } else {
                answers.put(name, malformed != null ? malformed : lookup(name, values, keys, location));
            }
        }
        return answers;
    }

    private static String opaque(String document) {
        if (document.isBlank()) {
            return "is blank";
        }
        boolean looksLikePath =
                document.strip().endsWith(".json") && !document.strip().contains("\n");
        return "is not a JSON object with keys"
                + (looksLikePath
                        ? " but looks like the path of a file: export AUTH_SECRET=\"$(cat secret.json)\""
                        : "");
    }

    private static Lookup lookup(String name, Map<String, @Nullable String> values, NearMiss keys, String location) {
        String value = values.get(name);
        if (value != null) {
            return Lookup.found(value, location + " key " + name);
        }
        return values.containsKey(name) ? Lookup.absent("has it as null") : Lookup.absent(new NoSuchKey(name, keys));
    }

    private static Map<String, Lookup> each(Set<String> names, Lookup answer) {
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            answers.put(name, answer);
        }
        return answers;
    }

    /** Returns a token, unless a file may be read. */
    @Override
    public Optional<Object> version() {
        return readsFile ? Optional.empty() : Optional.of(this);
    }

    @Override
    public Optional<String> remedy(String name) {
        return Optional.of(
                text == null || name.equals(VARIABLE)
                        ? "export AUTH_SECRET=\"$(cat secret.json)\""
                        : "add the key " + name + " to the JSON object in AUTH_SECRET");
    }

    @Override
    public String toString() {
        return "AuthSecretProvider[" + (text == null ? "not set" : "set") + "]";
    }

    /** The reason of an absent key, worked out only for a person to read. */
    private record NoSuchKey(String name, NearMiss keys) implements Supplier<String> {

        @Override
        public String get() {
            return "has no such key" + keys.remark(name);
        }
    }
}
