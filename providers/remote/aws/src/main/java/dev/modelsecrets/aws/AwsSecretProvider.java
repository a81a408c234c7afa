package dev.modelsecrets.aws;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretAccessDeniedException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.remote.internal.Layout;
import dev.modelsecrets.remote.internal.RemoteSecrets;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Reads secrets from AWS Secrets Manager, 20 in one call.
 *
 * <p>It needs the action {@code secretsmanager:GetSecretValue} on what is declared, and never lists. With {@code
 * secretsmanager:BatchGetSecretValue} many names are one call; without it they are read one by one, side by side. The
 * client is made at the first {@code find}, which is the first to contact anybody. Thread-safe.
 */
public final class AwsSecretProvider implements SecretProvider, AutoCloseable {

    private static final String NAME = "aws";

    private final Layout layout;
    private final boolean keysAreNames;
    private final SecretsManagerService service;
    private final RemoteSecrets secrets;

    private AwsSecretProvider(Builder builder) {
        this.layout = builder.layout.build();
        this.keysAreNames = builder.keysAreNames;
        this.service = new SecretsManagerService(builder.connection(), builder.pins);
        this.secrets = new RemoteSecrets(NAME, layout, service, builder.deadline);
    }

    /**
     * Creates a provider of one remote secret for each name, with the region and the credentials that the AWS SDK finds.
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

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Reads the present values.
     *
     * @throws SecretProviderException if AWS cannot be asked, or has no usable value: no credentials, throttled until the
     *     deadline, scheduled for deletion, binary
     * @throws SecretAccessDeniedException if AWS refuses a secret
     */
    @Override
    public Map<String, Lookup> find(Set<String> names) {
        return secrets.find(names);
    }

    @Override
    public Optional<String> remedy(String name) {
        String secret = layout.remoteName(name);
        return Optional.of(
                keysAreNames ? service.remedyInDocument(secret, name) : service.remedy(secret, layout.keyFor(name)));
    }

    /** Closes the client, and its credentials, if this made them. Idempotent. */
    @Override
    public void close() {
        secrets.close();
    }

    /** Returns the region and the layout, no value. */
    @Override
    public String toString() {
        return "AwsSecretProvider[" + secrets + "]";
    }

    /** Takes the choices for a provider. Not thread-safe. */
    public static final class Builder {

        private final Layout.Builder layout = Layout.builder(UnaryOperator.identity(), null);
        private final Map<String, Pin> pins = new HashMap<>();
        private boolean keysAreNames;
        private @Nullable SecretsManagerClient client;
        private @Nullable String region;
        private @Nullable URI endpoint;
        private @Nullable Credentials credentials;
        private Duration deadline = RemoteSecrets.DEFAULT_DEADLINE;

        private Builder() {}

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

        /**
         * Chooses one remote secret for each name, with a prefix in front of the name.
         *
         * @param prefix goes in front of every name, such as {@code models/}
         * @return this builder
         */
        public Builder secretPerName(String prefix) {
            layout.secretPerName(prefix);
            return this;
        }

        /**
         * Chooses one remote secret for each name.
         *
         * @param mapping from a declared name to the whole remote name or ARN
         * @return this builder
         */
        public Builder secretPerName(UnaryOperator<String> mapping) {
            layout.secretPerName(mapping);
            return this;
        }

        /**
         * Names the key that has the value in a secret for one name; by default the whole secret is the value.
         *
         * @param key a key of the secret's JSON
         * @return this builder
         */
        public Builder key(String key) {
            layout.key(key);
            return this;
        }

        /**
         * Chooses remote secrets whose keys are the names; the first that has a key wins.
         *
         * @param secrets names or ARNs of secrets that are JSON objects
         * @return this builder
         */
        public Builder keysOf(String... secrets) {
            layout.keysOf(secrets);
            keysAreNames |= secrets.length > 0;
            return this;
        }

        /**
         * Tells the names that will be asked for, so that {@link #build()} refuses two that map to one remote secret.
         *
         * @param declarations the names
         * @return this builder
         */
        public Builder declarations(SecretDeclarations declarations) {
            layout.declarations(declarations);
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
         * Limits the time of one {@code find}, login and retries included; 10 seconds by default.
         *
         * @param deadline the limit, at least a millisecond
         * @return this builder
         */
        public Builder deadline(Duration deadline) {
            this.deadline = Objects.requireNonNull(deadline, "deadline");
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

        private Connection connection() {
            if (client == null) {
                Credentials login = credentials == null ? Credentials.ofThisProcess() : credentials;
                return Connection.made(region, endpoint, login, deadline);
            }
            if (region != null || endpoint != null || credentials != null) {
                throw new IllegalStateException(
                        "a client of your own has its region, endpoint and credentials: leave out region(..),"
                                + " endpoint(..) and credentials(..), or client(..)");
            }
            return Connection.given(client);
        }
    }
}
