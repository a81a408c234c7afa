package dev.modelsecrets.identity;

import dev.modelsecrets.remote.RemoteSecretProvider;
import dev.modelsecrets.remote.SystemProxies;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Trades the identity that a platform gives a workload for a short-lived credential, so that no long-lived one is
 * stored.
 *
 * <p>The platform projects an OIDC token into a file: Kubernetes as a service account token, Baseten with {@code
 * runtime.oidc}. The file is read anew at each exchange, and its token is sent to one https address, which the
 * configuration fixes, by the token exchange of RFC 8693 or the JWT bearer grant of RFC 7523. The credential says when
 * it expires, and is traded again at two thirds of its life. Thread-safe; nobody is contacted before the first find.
 *
 * <pre>{@code
 * SecretProvider identity = IdentitySecretProvider.builder(
 *                 "model_api_token", URI.create("https://auth.example.com/oauth/token"))
 *         .tokenFile(Path.of("/var/run/secrets/tokens/oidc"))
 *         .parameter("audience", "https://api.example.com")
 *         .build();
 * }</pre>
 */
public final class IdentitySecretProvider extends RemoteSecretProvider {

    private IdentitySecretProvider(Builder options, IdentityService service) {
        super("identity", options, service);
    }

    /**
     * Begins a provider of one credential.
     *
     * @param name the secret's name; every other name is absent
     * @param tokenEndpoint where the token is traded, an https address
     * @return a builder; it needs a {@link Builder#tokenFile}
     * @throws IllegalArgumentException if the address is not https, or has a login in it
     */
    public static Builder builder(String name, URI tokenEndpoint) {
        return new Builder(name, tokenEndpoint);
    }

    /** Collects how a token is traded. Not thread-safe. */
    public static final class Builder extends RemoteSecretProvider.Builder<Builder> {

        private final String name;
        private final URI endpoint;
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private Grant grant = Grant.TOKEN_EXCHANGE;
        private Map<String, String> environment = System.getenv();
        private @Nullable Path tokenFile;
        private @Nullable SSLContext trust;

        private Builder(String name, URI endpoint) {
            super(UnaryOperator.identity(), "access_token");
            if (!"https".equalsIgnoreCase(endpoint.getScheme())
                    || endpoint.getHost() == null
                    || endpoint.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "the token endpoint must be https, such as https://auth.example.com/oauth/token");
            }
            this.name = Objects.requireNonNull(name, "name");
            this.endpoint = endpoint;
        }

        /**
         * Names the file that the platform projects the token into.
         *
         * @param file read at each exchange
         * @return this builder
         */
        public Builder tokenFile(Path file) {
            this.tokenFile = Objects.requireNonNull(file, "file");
            return this;
        }

        /**
         * Trades by the JWT bearer grant of RFC 7523; by default by the token exchange of RFC 8693.
         *
         * @return this builder
         */
        public Builder jwtBearer() {
            this.grant = Grant.JWT_BEARER;
            return this;
        }

        /**
         * Adds a parameter of the request, such as {@code audience}, {@code scope}, {@code resource} or {@code
         * client_id}.
         *
         * @param parameter its name
         * @param value its value; no secret, as it is configuration
         * @return this builder
         */
        public Builder parameter(String parameter, String value) {
            parameters.put(Objects.requireNonNull(parameter, "parameter"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Trusts something else than the JVM does, for tests. */
        Builder trust(SSLContext context) {
            this.trust = context;
            return this;
        }

        /** Reads the proxies from a map, for tests. */
        Builder environment(Map<String, String> variables) {
            this.environment = variables;
            return this;
        }

        /**
         * Checks the options and makes the provider; nobody is contacted.
         *
         * @return a provider; close it
         * @throws IllegalStateException if there is no token file
         */
        public IdentitySecretProvider build() {
            if (tokenFile == null) {
                throw new IllegalStateException(
                        "which token? Call tokenFile(..) with the file that the platform writes");
            }
            IdentityService service = new IdentityService(
                    name, endpoint, tokenFile, grant, parameters, SystemProxies.of(environment), trust);
            return new IdentitySecretProvider(this, service);
        }
    }
}
