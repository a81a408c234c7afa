package dev.modelsecrets.gcp;

import com.google.auth.Credentials;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import dev.modelsecrets.remote.RemoteSecretProvider;
import dev.modelsecrets.remote.SystemProxies;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets from Google Cloud Secret Manager.
 *
 * <p>By default the secret {@code hf_token} is the latest version of {@code projects/<project>/secrets/hf_token}.
 * Dots, which Secret Manager does not allow in names, become dashes; two names that would become one are refused. Each
 * name is one call, several of them side by side, by one deadline. Calls go over gRPC, unless a client of yours speaks
 * REST. The only right that is needed is {@code secretmanager.versions.access}, which the role {@code
 * roles/secretmanager.secretAccessor} has. Thread-safe; nothing is contacted before the first {@link #find}.
 */
public final class GoogleSecretProvider extends RemoteSecretProvider {

    private GoogleSecretProvider(Builder options, GoogleService service) {
        super("gcp", options, service);
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

    /** Collects the choices for a provider. Not thread-safe. */
    public static final class Builder extends RemoteSecretProvider.Builder<Builder> {

        private static final Pattern PROJECT = Pattern.compile("[a-z0-9.:-]+");
        private static final Pattern LOCATION = Pattern.compile("[a-z0-9-]+");
        private static final Pattern ENDPOINT = Pattern.compile("[A-Za-z0-9.-]+:[0-9]{1,5}");
        private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_-]{1,63}");

        private @Nullable SecretManagerServiceClient client;
        private @Nullable String project;
        private @Nullable String location;
        private @Nullable String endpoint;
        private Map<String, String> environment = System.getenv();
        private Consumer<SecretManagerServiceSettings.Builder> settings = ignored -> {};
        private @Nullable Credentials credentials;

        private Builder() {
            super(GoogleNames::map, null);
        }

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
         * Logs in with credentials of yours, such as those of an impersonated service account; by default with
         * application default credentials.
         *
         * @param credentials asked before each call
         * @return this builder
         */
        public Builder credentials(Credentials credentials) {
            this.credentials = Objects.requireNonNull(credentials, "credentials");
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
            pin(secret, checked(version, VERSION, "version"));
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
            SystemProxies proxies = SystemProxies.of(environment);
            if (client != null && (endpoint != null || credentials != null)) {
                throw new IllegalStateException("a client brings its endpoint and credentials: leave out endpoint(..)"
                        + " and credentials(..), or client(..)");
            }
            GoogleConnection connection = client != null
                    ? GoogleConnection.given(client, proxies)
                    : GoogleConnection.made(address(), credentials, proxies, settings);
            Project chosen = new Project(project, environment);
            return new GoogleSecretProvider(this, new GoogleService(connection, chosen, location, pins()));
        }

        private String address() {
            if (endpoint != null) {
                return endpoint;
            }
            return location == null
                    ? SecretManagerServiceSettings.getDefaultEndpoint()
                    : "secretmanager." + location + ".rep.googleapis.com:443";
        }

        private static String checked(String value, Pattern pattern, String what) {
            if (!pattern.matcher(value).matches()) {
                throw new IllegalArgumentException("the " + what + " is malformed: " + value);
            }
            return value;
        }
    }
}
