package dev.modelsecrets.aws;

import dev.modelsecrets.remote.RemoteSecretProvider;
import dev.modelsecrets.remote.SystemProxies;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Reads secrets from AWS Secrets Manager, 20 in one call.
 *
 * <p>It needs the action {@code secretsmanager:GetSecretValue} on what is declared, and never lists. With {@code
 * secretsmanager:BatchGetSecretValue} many names are one call; without it they are read one by one, side by side. The
 * client is made at the first {@code find}, which is the first call that uses the network. Thread-safe.
 */
public final class AwsSecretProvider extends RemoteSecretProvider {

    private AwsSecretProvider(Builder builder) {
        super("aws", builder, new AwsService(builder.connection(), builder.pins));
    }

    /**
     * Creates a provider of one remote secret for each name, with the region and the credentials that the AWS SDK
     * finds.
     *
     * @return a provider; close it
     */
    public static AwsSecretProvider create() {
        return builder().build();
    }

    /**
     * Starts a provider.
     *
     * @return a builder whose default is what {@link #create()} gives
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Takes the choices for a provider. Not thread-safe. */
    public static final class Builder extends RemoteSecretProvider.Builder<Builder> {

        private final Map<String, Pin> pins = new HashMap<>();
        private @Nullable SecretsManagerClient client;
        private @Nullable String region;
        private @Nullable URI endpoint;
        private @Nullable Credentials credentials;
        private Map<String, String> environment = System.getenv();

        private Builder() {
            super(UnaryOperator.identity(), null);
        }

        /**
         * Takes a ready client, which is used as it is and stays open.
         *
         * @param client the client; its own retries and time-outs hold as well
         * @return this builder
         */
        public Builder client(SecretsManagerClient client) {
            this.client = Objects.requireNonNull(client, "client");
            return this;
        }

        /**
         * Names the region; by default the AWS SDK finds it, in {@code AWS_REGION} or the profile for example.
         *
         * @param region the region, such as {@code eu-central-1}
         * @return this builder
         */
        public Builder region(String region) {
            if (region.isBlank()) {
                throw new IllegalArgumentException("the region is blank");
            }
            this.region = region;
            return this;
        }

        /**
         * Names another address than the region's public one: a VPC endpoint, or a test double.
         *
         * @param endpoint the address, with scheme
         * @return this builder
         */
        public Builder endpoint(URI endpoint) {
            if (endpoint.getScheme() == null || endpoint.getHost() == null) {
                throw new IllegalArgumentException("the endpoint needs a scheme and a host, such as https://host");
            }
            this.endpoint = endpoint;
            return this;
        }

        /**
         * Takes credentials, such as those of an assumed role; they stay open.
         *
         * <p>By default the AWS SDK's own chain finds them. Where {@code AWS_WEB_IDENTITY_TOKEN_FILE} names a pod's own
         * role, that role is used or it is a failure; the role of the node does not silently take its place.
         *
         * @param credentials asked before each call
         * @return this builder
         */
        public Builder credentials(AwsCredentialsProvider credentials) {
            this.credentials = Credentials.given(Objects.requireNonNull(credentials, "credentials"));
            return this;
        }

        /** Takes what {@link #credentials(AwsCredentialsProvider)} makes of its own: a seam for tests. */
        Builder credentials(Credentials credentials) {
            this.credentials = credentials;
            return this;
        }

        /** Reads the proxies from a map, for tests. */
        Builder environment(Map<String, String> variables) {
            this.environment = variables;
            return this;
        }

        /**
         * Pins a remote secret to a version; the default is the latest, which is the stage {@code AWSCURRENT}.
         *
         * <p>A pinned secret is a call of its own. The last pin of a secret counts.
         *
         * @param secret the whole remote name or ARN
         * @param version the version's id
         * @return this builder
         */
        public Builder version(String secret, String version) {
            pins.put(Objects.requireNonNull(secret, "secret"), Pin.version(version));
            return this;
        }

        /**
         * Pins a remote secret to a stage, which moves from version to version.
         *
         * <p>A pinned secret is a call of its own. The last pin of a secret counts.
         *
         * @param secret the whole remote name or ARN
         * @param stage the staging label, such as {@code AWSPREVIOUS}
         * @return this builder
         */
        public Builder stage(String secret, String stage) {
            pins.put(Objects.requireNonNull(secret, "secret"), Pin.stage(stage));
            return this;
        }

        /**
         * Builds the provider; it contacts nobody.
         *
         * @return a thread-safe provider; close it
         * @throws IllegalStateException if choices exclude each other
         * @throws IllegalArgumentException if two declared names map to one remote secret, or the deadline is too short
         */
        public AwsSecretProvider build() {
            return new AwsSecretProvider(this);
        }

        private AwsConnection connection() {
            if (client == null) {
                Credentials login = credentials == null ? Credentials.ofThisProcess() : credentials;
                return AwsConnection.made(region, endpoint, login, deadline(), SystemProxies.of(environment));
            }
            if (region != null || endpoint != null || credentials != null) {
                throw new IllegalStateException(
                        "a client of your own has its region, endpoint and credentials: leave out region(..),"
                                + " endpoint(..) and credentials(..), or client(..)");
            }
            return AwsConnection.given(client);
        }
    }
}
