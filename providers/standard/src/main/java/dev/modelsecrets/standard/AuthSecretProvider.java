package dev.modelsecrets.standard;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.standard.internal.Failure;
import dev.modelsecrets.standard.internal.JsonSecrets;
import dev.modelsecrets.standard.internal.MalformedException;
import dev.modelsecrets.standard.internal.NearMiss;
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
 */
public final class AuthSecretProvider implements SecretProvider {

    /** The variable that Tensorleap sets: {@value}. */
    public static final String VARIABLE = "AUTH_SECRET";

    private final transient @Nullable String document;

    private AuthSecretProvider(@Nullable String document) {
        this.document = document;
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
        return new AuthSecretProvider(environment.get(VARIABLE));
    }

    @Override
    public String name() {
        return VARIABLE;
    }

    /**
     * Parses the text and picks the names.
     *
     * @throws SecretProviderException if the text starts like a JSON object and is not one; the message says line and
     *     column
     */
    @Override
    public Map<String, Lookup> find(Set<String> names) {
        Map<String, Lookup> answers = new HashMap<>();
        @Nullable Map<String, @Nullable String> values = null;
        for (String name : names) {
            SecretDeclarations.checkName(name);
            if (document == null) {
                answers.put(name, Lookup.absent("is not set"));
            } else if (name.equals(VARIABLE)) {
                answers.put(name, Lookup.found(document, VARIABLE));
            } else if (!JsonSecrets.looksLikeObject(document)) {
                answers.put(name, Lookup.absent(document.isBlank() ? "is blank" : "is not a JSON object with keys"));
            } else {
                values = values == null ? parse(document) : values;
                answers.put(name, lookup(name, values));
            }
        }
        return answers;
    }

    private static Map<String, @Nullable String> parse(String document) {
        try {
            return JsonSecrets.parse(document);
        } catch (MalformedException e) {
            throw Failure.of(VARIABLE, "the variable " + e.problem());
        }
    }

    private static Lookup lookup(String name, Map<String, @Nullable String> values) {
        String value = values.get(name);
        if (value != null) {
            return Lookup.found(value, VARIABLE + " key " + name);
        }
        return values.containsKey(name)
                ? Lookup.absent("has it as null")
                : Lookup.absent(new NoSuchKey(name, values.keySet()));
    }

    @Override
    public Optional<Object> version() {
        return Optional.of(this);
    }

    @Override
    public String toString() {
        return "AuthSecretProvider[" + (document == null ? "not set" : "set") + "]";
    }

    /** The reason of an absent key, worked out only for a person to read. */
    private record NoSuchKey(String name, Set<String> keys) implements Supplier<String> {

        @Override
        public String get() {
            return "has no such key" + NearMiss.remark(name, keys);
        }
    }
}
