package dev.modelsecrets.gcp;

import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.remote.internal.Layout;
import dev.modelsecrets.remote.internal.LazyClient;
import dev.modelsecrets.remote.internal.RemoteSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets from Google Cloud Secret Manager.
 *
 * <p>By default the secret {@code hf_token} is the latest version of {@code projects/<project>/secrets/hf_token}.
 * Dots, which Secret Manager does not allow in names, become dashes; two names that would become one are refused. Each
 * name is one call, several of them side by side, by one deadline. The only right that is needed is {@code
 * secretmanager.versions.access}, which the role {@code roles/secretmanager.secretAccessor} has. Thread-safe; nothing
 * is contacted before the first {@link #find}.
 */
public final class GoogleSecretProvider implements SecretProvider, AutoCloseable {

    private static final String NAME = "gcp";

    private final Layout layout;
    private final SecretManager service;
    private final RemoteSecrets secrets;

    private GoogleSecretProvider(Layout layout, SecretManager service, Duration limit) {
        this.layout = layout;
        this.service = service;
        this.secrets = new RemoteSecrets(NAME, layout, service, limit);
    }

    /**
     * Creates a provider with application default credentials, and the project of the environment or of the login.
     *
     * @return a provider; close it when it is no longer needed
     */
    public static GoogleSecretProvider create() {
        return builder().build();
    }

    /**
     * Starts a provider.
     *
     * @return a builder; not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Reads the secrets of these names.
     *
     * @throws dev.modelsecrets.SecretProviderException if Secret Manager cannot be asked, or a secret cannot be used:
     *     disabled, destroyed, damaged, no text
     * @throws dev.modelsecrets.SecretAccessDeniedException if this caller may not read a secret
     */
    @Override
    public Map<String, Lookup> find(Set<String> names) {
        return secrets.find(names);
    }

    @Override
    public Optional<String> remedy(String name) {
        return Optional.of(service.remedy(layout.remoteName(name), layout.keyFor(name)));
    }

    /** Closes the client if it was made here. Idempotent. */
    @Override
    public void close() {
        secrets.close();
    }

    /** Returns the system and the layout, no value. */
    @Override
    public String toString() {
        return secrets.toString();
    }

    /** Collects the choices for a provider. Not thread-safe. */
    public static final class Builder {

        private static final Pattern PROJECT = Pattern.compile("[a-z0-9.:-]+");
        private static final Pattern LOCATION = Pattern.compile("[a-z0-9-]+");
        private static final Pattern ENDPOINT = Pattern.compile("[A-Za-z0-9.-]+:[0-9]{1,5}");
        private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_-]{1,63}");

        private final Layout.Builder layout = Layout.builder(name -> name.replace('.', '-'), null);
        private final Map<String, String> versions = new LinkedHashMap<>();
        private @Nullable SecretManagerServiceClient client;
        private @Nullable String project;
        private @Nullable String location;
        private @Nullable String endpoint;
        private Map<String, String> environment = System.getenv();
        private Consumer<SecretManagerServiceSettings.Builder> settings = ignored -> {};
        private Duration deadline = RemoteSecrets.DEFAULT_DEADLINE;

        private Builder() {}

        /**
         * Uses a client of yours, which stays open; by default one is made from application default credentials.
         *
         * <p>Its own retries are not used: this provider tries again by its own deadline.
         *
         * @param client speaks gRPC or REST
         * @return this builder
         */
        public Builder client(SecretManagerServiceClient client) {
            this.client = Objects.requireNonNull(client, "client");
            return this;
        }

        /**
         * Names the project that the secrets are in.
         *
         * @param project its id or number; by default {@code GOOGLE_CLOUD_PROJECT}, {@code GCLOUD_PROJECT}, or the
         *     project of the login
         * @return this builder
         */
        public Builder project(String project) {
            this.project = checked(project, PROJECT, "project");
            return this;
        }

        /**
         * Reads regional secrets of one location; by default those that belong to no region.
         *
         * @param location such as {@code europe-west3}; a client of yours must be one for this location
         * @return this builder
         */
        public Builder location(String location) {
            this.location = checked(location, LOCATION, "location");
            return this;
        }

        /**
         * Calls another address, such as one of Private Service Connect; a client of yours has its own.
         *
         * @param endpoint {@code host:port}; by default Google's, or that of the location
         * @return this builder
         */
        public Builder endpoint(String endpoint) {
            this.endpoint = checked(endpoint, ENDPOINT, "endpoint");
            return this;
        }

        /**
         * Reads one remote secret for each name, with a prefix; without a prefix, this is the default.
         *
         * @param prefix goes in front of every name
         * @return this builder
         */
        public Builder secretPerName(String prefix) {
            layout.secretPerName(prefix);
            return this;
        }

        /**
         * Reads one remote secret for each name.
         *
         * @param mapping from a declared name to the whole remote name: the id of a secret, or {@code
         *     projects/<project>/secrets/<id>} for one of another project
         * @return this builder
         */
        public Builder secretPerName(UnaryOperator<String> mapping) {
            layout.secretPerName(mapping);
            return this;
        }

        /**
         * Names the key that holds the value in a secret for one name, which is a JSON object then.
         *
         * @param key the key; by default the whole secret is the value
         * @return this builder
         */
        public Builder key(String key) {
            layout.key(key);
            return this;
        }

        /**
         * Reads remote secrets that are JSON objects, whose keys are the names.
         *
         * @param secrets remote names; the first that has a key wins
         * @return this builder
         */
        public Builder keysOf(String... secrets) {
            layout.keysOf(secrets);
            return this;
        }

        /**
         * Tells the names that will be asked for, so that {@link #build()} can refuse two that map to one.
         *
         * @param declarations the names
         * @return this builder
         */
        public Builder declarations(SecretDeclarations declarations) {
            layout.declarations(declarations);
            return this;
        }

        /**
         * Pins the version of one remote secret; by default the latest is read.
         *
         * @param secret a remote name, as the mapping gives it
         * @param version a number or an alias
         * @return this builder
         */
        public Builder version(String secret, String version) {
            versions.put(Objects.requireNonNull(secret, "secret"), checked(version, VERSION, "version"));
            return this;
        }

        /**
         * Limits how long one {@code find} may take, login and retries included.
         *
         * @param deadline at least a millisecond; 10 seconds by default
         * @return this builder
         */
        public Builder deadline(Duration deadline) {
            this.deadline = Objects.requireNonNull(deadline, "deadline");
            return this;
        }

        /** Takes other variables than those of this process. */
        Builder environment(Map<String, String> environment) {
            this.environment = environment;
            return this;
        }

        /** Changes the settings of the client that is made here. */
        Builder settings(Consumer<SecretManagerServiceSettings.Builder> settings) {
            this.settings = settings;
            return this;
        }

        /**
         * Creates the provider; nothing is contacted.
         *
         * @return a provider; close it when it is no longer needed
         * @throws IllegalStateException if both layouts are chosen
         * @throws IllegalArgumentException if two of the declared names map to one remote secret, or the deadline is
         *     too short
         */
        public GoogleSecretProvider build() {
            SecretManagerServiceClient given = client;
            String address = address();
            Consumer<SecretManagerServiceSettings.Builder> changes = settings;
            SecretManager service = new SecretManager(
                    given != null
                            ? LazyClient.given(given)
                            : LazyClient.made(() -> connect(address, changes), SecretManagerServiceClient::close),
                    address,
                    new Project(project, environment),
                    location,
                    versions);
            return new GoogleSecretProvider(layout.build(), service, deadline);
        }

        private String address() {
            SecretManagerServiceSettings theirs = client == null ? null : client.getSettings();
            if (theirs != null) {
                return theirs.getEndpoint();
            }
            if (endpoint != null) {
                return endpoint;
            }
            return location == null
                    ? SecretManagerServiceSettings.getDefaultEndpoint()
                    : "secretmanager." + location + ".rep.googleapis.com:443";
        }

        /** Looks for credentials, which may take a while, and connects at the first call. */
        private static SecretManagerServiceClient connect(
                String address, Consumer<SecretManagerServiceSettings.Builder> changes) {
            try {
                SecretManagerServiceSettings.Builder settings =
                        SecretManagerServiceSettings.newBuilder().setEndpoint(address);
                changes.accept(settings);
                return SecretManagerServiceClient.create(settings.build());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String checked(String value, Pattern pattern, String what) {
            if (!pattern.matcher(value).matches()) {
                throw new IllegalArgumentException("the " + what + " is malformed: " + value);
            }
            return value;
        }
    }
}
