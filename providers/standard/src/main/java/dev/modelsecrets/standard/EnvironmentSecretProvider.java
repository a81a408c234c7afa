package dev.modelsecrets.standard;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.standard.internal.NearMiss;
import dev.modelsecrets.standard.internal.Printable;
import dev.modelsecrets.standard.internal.Variables;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets from environment variables: {@code TRUSS_SECRET_} and the name, in exact case, the value verbatim.
 *
 * <p>The convention is that of Truss, which asks for the prefix to avoid clashes with other variables. Platforms that
 * inject plain variables, such as BentoCloud and OCI AI Blueprints, are read with {@code withPrefix("")}. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * SecretsResolver resolver = SecretsResolver.of(EnvironmentSecretProvider.create().withPrefix(""));
 * Secrets secrets = resolver.resolve("HF_TOKEN");
 * }</pre>
 */
public final class EnvironmentSecretProvider implements SecretProvider {

    /** What Truss puts in front of a secret's name: {@value}. */
    public static final String DEFAULT_PREFIX = "TRUSS_SECRET_";

    private final transient Map<String, String> environment;
    private final String prefix;

    /** The names of the variables, once a remark on one is wanted. */
    private @Nullable NearMiss variables;

    private EnvironmentSecretProvider(Map<String, String> environment, String prefix) {
        this.environment = environment;
        this.prefix = prefix;
    }

    /**
     * Creates a provider for the environment of this process.
     *
     * @return a provider with the prefix {@code TRUSS_SECRET_}
     */
    public static EnvironmentSecretProvider create() {
        return new EnvironmentSecretProvider(System.getenv(), DEFAULT_PREFIX);
    }

    /**
     * Creates a provider for a given environment, for tests and for the environment of another process.
     *
     * @param environment variables and their values; copied
     * @return a provider with the prefix {@code TRUSS_SECRET_}
     */
    public static EnvironmentSecretProvider of(Map<String, String> environment) {
        return new EnvironmentSecretProvider(Map.copyOf(environment), DEFAULT_PREFIX);
    }

    /**
     * Returns a provider for the same environment with another prefix.
     *
     * @param prefix what stands in front of a secret's name; may be empty
     * @return a new provider
     */
    public EnvironmentSecretProvider withPrefix(String prefix) {
        return new EnvironmentSecretProvider(environment, Objects.requireNonNull(prefix, "prefix"));
    }

    @Override
    public String name() {
        return "environment";
    }

    /** Returns the variables' values; one that could not be decoded, or has a byte order mark, has failed. */
    @Override
    public Map<String, Lookup> find(Set<String> names) {
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            String variable = prefix + SecretDeclarations.checkName(name);
            String value = environment.get(variable);
            answers.put(
                    name, value == null ? Lookup.absent(new NotSet(this, name)) : Variables.lookup(variable, value));
        }
        return answers;
    }

    private synchronized NearMiss variables() {
        NearMiss near = variables == null ? new NearMiss(environment.keySet()) : variables;
        variables = near;
        return near;
    }

    @Override
    public Optional<Object> version() {
        return Optional.of(this);
    }

    @Override
    public Optional<String> remedy(String name) {
        String variable = prefix + name;
        return Optional.of(
                variable.matches("[A-Za-z_][A-Za-z0-9_]*")
                        ? "export " + variable + "=..."
                        : "env " + Printable.inQuotes(variable + "=...") + " your-command");
    }

    @Override
    public String toString() {
        return "EnvironmentSecretProvider[" + prefix + "*]";
    }

    /** The reason of an absent variable, worked out only for a person to read. */
    private record NotSet(EnvironmentSecretProvider provider, String name) implements Supplier<String> {

        @Override
        public String get() {
            String reason = provider.prefix + name + " is not set";
            NearMiss variables = provider.variables();
            String near = variables.of(provider.prefix + name);
            if (near != null) {
                return reason + " (" + near + " is: names must match exactly)";
            }
            if (!provider.prefix.isEmpty()) {
                near = provider.environment.containsKey(name) ? name : variables.of(name);
                if (near != null) {
                    return reason + " (" + near + " is: a prefix is needed)";
                }
            }
            return reason;
        }
    }
}
