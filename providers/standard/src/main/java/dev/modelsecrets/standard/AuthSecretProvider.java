package dev.modelsecrets.standard;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.standard.internal.Variables;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
     * Returns a provider that also takes the variable as the path of a file with the text, as projects for Tensorleap
     * do on a developer's machine.
     *
     * <p>The file is read anew by each {@code find}. A text that is not the absolute path of a file counts as the text
     * itself.
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
     * <p>Where the text starts like a JSON object and is not one, every name but {@code AUTH_SECRET} is a failed answer
     * that says line and column.
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
        return readsFile ? AuthDocument.findInFile(names, text) : AuthDocument.find(names, text);
    }

    static Map<String, Lookup> each(Set<String> names, Lookup answer) {
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
}
