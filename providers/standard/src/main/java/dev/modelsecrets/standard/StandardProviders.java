package dev.modelsecrets.standard;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The standard chain: environment variables, then mounted files, then the local config file, then {@code AUTH_SECRET}.
 *
 * <p>A variable wins over a file, so that a person can override one secret for one run; the local file of a developer
 * comes after whatever a platform provides. Not instantiable; thread-safe.
 *
 * <pre>{@code
 * Secrets secrets = StandardProviders.resolver().resolve("hf_access_token", "s3_bucket");
 * }</pre>
 */
public final class StandardProviders {

    private StandardProviders() {}

    /**
     * Returns the standard chain for this process.
     *
     * @return environment, mounted, local config, AUTH_SECRET
     */
    public static List<SecretProvider> chain() {
        return builder().chain();
    }

    /**
     * Returns a resolver over the standard chain, with default options.
     *
     * @return an immutable, thread-safe resolver
     */
    public static SecretsResolver resolver() {
        return builder().resolver();
    }

    /**
     * Returns the chain of the Truss server, where a mounted file wins over a variable and nothing else is looked at.
     *
     * @return mounted, environment
     */
    public static List<SecretProvider> trussServerChain() {
        return builder().trussServerChain();
    }

    /**
     * Starts a chain over other places, for tests and for unusual layouts.
     *
     * @return a builder with the places of this process; not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the places that the chain looks at; not thread-safe. */
    public static final class Builder {

        private transient @Nullable Map<String, String> environment;
        private @Nullable Path secretsDirectory;
        private @Nullable Path localConfig;

        private Builder() {}

        /**
         * Sets the environment that variables, {@code AUTH_SECRET} and the home directory are taken from.
         *
         * <p>With it, nothing of the real machine is read but what is given: no {@code /secrets} unless {@link
         * #secretsDirectory} says so, and no home directory other than that of the variable {@code HOME}.
         *
         * @param environment variables and their values; copied. The environment of this process by default
         * @return this builder
         */
        public Builder environment(Map<String, String> environment) {
            this.environment = Map.copyOf(environment);
            return this;
        }

        /**
         * Sets the directory of mounted secrets.
         *
         * @param directory the directory; {@code /secrets} by default
         * @return this builder
         */
        public Builder secretsDirectory(Path directory) {
            this.secretsDirectory = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /**
         * Sets the local config file.
         *
         * @param file the YAML file; {@code .truss/config.yaml} in the home directory by default
         * @return this builder
         */
        public Builder localConfig(Path file) {
            this.localConfig = Objects.requireNonNull(file, "file");
            return this;
        }

        /**
         * Returns the standard chain over these places.
         *
         * @return environment, mounted, local config, AUTH_SECRET
         */
        public List<SecretProvider> chain() {
            LocalConfigSecretProvider local = localConfig != null
                    ? LocalConfigSecretProvider.at(localConfig)
                    : environment != null
                            ? LocalConfigSecretProvider.inHomeOf(environment, null)
                            : LocalConfigSecretProvider.create();
            AuthSecretProvider auth =
                    environment != null ? AuthSecretProvider.of(environment) : AuthSecretProvider.create();
            return List.of(variables(), mounted(), local, auth);
        }

        /**
         * Returns the chain of the Truss server over these places.
         *
         * @return mounted, environment
         */
        public List<SecretProvider> trussServerChain() {
            return List.of(mounted(), variables());
        }

        /**
         * Returns a resolver over the standard chain, with default options.
         *
         * @return an immutable, thread-safe resolver
         */
        public SecretsResolver resolver() {
            return SecretsResolver.of(chain().toArray(new SecretProvider[0]));
        }

        private EnvironmentSecretProvider variables() {
            return environment != null ? EnvironmentSecretProvider.of(environment) : EnvironmentSecretProvider.create();
        }

        private MountedSecretProvider mounted() {
            if (secretsDirectory != null) {
                return MountedSecretProvider.at(secretsDirectory);
            }
            return environment != null ? MountedSecretProvider.nowhere() : MountedSecretProvider.create();
        }

        /** Returns the same text for every builder: printers that find no text of its own read the fields. */
        @Override
        public String toString() {
            return "StandardProviders.Builder";
        }
    }
}
