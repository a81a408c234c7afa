package dev.modelsecrets.vault;

import dev.modelsecrets.remote.RemoteSecretProvider;
import dev.modelsecrets.remote.RemoteService;
import dev.modelsecrets.remote.SystemProxies;
import dev.modelsecrets.remote.TokenFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Secrets in a KV engine of HashiCorp Vault, version 1 or 2, or of OpenBao.
 *
 * <p>By default the name {@code x} is the key {@code value} of the secret {@code x} in the mount {@code secret}.
 * Nothing is contacted before the first {@link #find}. Then one thread logs in for all; a token that can be renewed is
 * renewed after two thirds of its lease, others are fetched anew. Thread-safe.
 */
public final class VaultSecretProvider extends RemoteSecretProvider {

    VaultSecretProvider(Builder options, RemoteService service) {
        super("vault", options, service);
    }

    /**
     * Creates a provider from the variables {@code VAULT_ADDR}, {@code VAULT_TOKEN}, {@code VAULT_NAMESPACE} and {@code
     * VAULT_CACERT}, which are those of Vault's own commands.
     *
     * @return a provider; close it
     * @throws IllegalStateException if {@code VAULT_ADDR} or {@code VAULT_TOKEN} is not set
     */
    public static VaultSecretProvider create() {
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

    /** Collects what a provider needs; not thread-safe. */
    public static final class Builder extends RemoteSecretProvider.Builder<Builder> {

        private static final Path SERVICE_ACCOUNT_TOKEN =
                Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

        private Map<String, String> environment = System.getenv();
        private @Nullable String mount;
        private @Nullable Integer engineVersion;
        private boolean leases;
        private boolean revokeOnClose;
        private LongSupplier nanoTime = System::nanoTime;
        private @Nullable String address;
        private @Nullable String namespace;
        private @Nullable Path caCertificates;
        private @Nullable String authMount;
        private @Nullable Function<Optional<String>, Login> login;

        private Builder() {
            super(UnaryOperator.identity(), "value");
        }

        /**
         * Sets where Vault is; by default {@code VAULT_ADDR}.
         *
         * @param address such as {@code https://vault:8200}
         * @return this builder
         */
        public Builder address(String address) {
            this.address = Objects.requireNonNull(address, "address");
            return this;
        }

        /**
         * Sets the namespace, which Vault Enterprise and OpenBao have; by default {@code VAULT_NAMESPACE}.
         *
         * @param namespace such as {@code team-a}
         * @return this builder
         */
        public Builder namespace(String namespace) {
            this.namespace = Objects.requireNonNull(namespace, "namespace");
            return this;
        }

        /**
         * Trusts the authorities in a file instead of those of the JVM; by default {@code VAULT_CACERT}.
         *
         * @param pemFile certificates in PEM form
         * @return this builder
         */
        public Builder caCertificates(Path pemFile) {
            this.caCertificates = Objects.requireNonNull(pemFile, "pemFile");
            return this;
        }

        /**
         * Reads the defaults from a map, for tests; by default from the variables of this process.
         *
         * @param environment variables and their values; copied
         * @return this builder
         */
        public Builder environment(Map<String, String> environment) {
            this.environment = Map.copyOf(environment);
            return this;
        }

        /**
         * Logs in with a token, which is renewed if that is possible; by default {@code VAULT_TOKEN}.
         *
         * @param token the token
         * @return this builder
         */
        public Builder token(String token) {
            String given = checkToken(token.strip(), "the token");
            return login(ignored -> Login.token(given));
        }

        /**
         * Logs in with the token in a file, such as a sink of Vault Agent or {@code ~/.vault-token}.
         *
         * @param file it is read by each find, so a new token is used at once; the token is not renewed here
         * @return this builder
         */
        public Builder tokenFile(Path file) {
            Objects.requireNonNull(file, "file");
            return login(ignored -> Login.tokenFile(file));
        }

        /**
         * Logs in with an AppRole, at {@code auth/approle} unless {@link #authMount} says otherwise.
         *
         * @param roleId the role id
         * @param secretId the secret id
         * @return this builder
         */
        public Builder appRole(String roleId, String secretId) {
            String role = checkText(roleId, "role id");
            String secret = checkText(secretId, "secret id");
            return login(at -> Login.appRole(at.orElse("approle"), role, secret));
        }

        /**
         * Logs in as the pod's service account, at {@code auth/kubernetes} unless {@link #authMount} says otherwise.
         *
         * @param role the role in Vault
         * @return this builder
         */
        public Builder kubernetes(String role) {
            return kubernetes(role, SERVICE_ACCOUNT_TOKEN);
        }

        /**
         * Logs in with the token of a service account, at {@code auth/kubernetes} or {@link #authMount}.
         *
         * @param role the role in Vault
         * @param serviceAccountToken the token's file, read at each login
         * @return this builder
         */
        public Builder kubernetes(String role, Path serviceAccountToken) {
            String name = checkText(role, "role");
            Objects.requireNonNull(serviceAccountToken, "serviceAccountToken");
            return login(at -> Login.kubernetes(at.orElse("kubernetes"), name, serviceAccountToken));
        }

        private Builder login(Function<Optional<String>, Login> choice) {
            if (login != null) {
                throw new IllegalStateException("choose one login");
            }
            login = choice;
            return this;
        }

        /**
         * Sets where the auth method is mounted; by default {@code approle} or {@code kubernetes}.
         *
         * @param mount what follows {@code auth/}
         * @return this builder
         */
        public Builder authMount(String mount) {
            this.authMount = VaultNames.checked(mount);
            return this;
        }

        /**
         * Sets where the KV engine is mounted; by default {@code secret}. For a {@link VaultTransitKey} it is the
         * transit engine, by default {@code transit}.
         *
         * @param mount the mount's path; it may have slashes
         * @return this builder
         */
        public Builder mount(String mount) {
            this.mount = VaultNames.checked(mount);
            return this;
        }

        /**
         * Sets the version of the KV engine; by default 2.
         *
         * @param version 1 or 2
         * @return this builder
         */
        public Builder engineVersion(int version) {
            if (version != 1 && version != 2) {
                throw new IllegalArgumentException("the version of the KV engine is 1 or 2");
            }
            this.engineVersion = version;
            return this;
        }

        /**
         * Reads leases of Vault's dynamic engines in place of a KV mount: credentials that Vault makes and ends.
         *
         * <p>Remote names are whole paths then, such as {@code database/creds/reader}, {@code aws/creds/deploy} or
         * {@code database/static-creds/app}; {@link #keysOf} takes user and password from one lease. An answer says
         * when it expires. A lease is renewed at two thirds of its life, and replaced before its maximum.
         *
         * @return this builder
         */
        public Builder leases() {
            this.leases = true;
            return this;
        }

        /**
         * Revokes the leases when the provider is closed; by default they end by themselves.
         *
         * <p>Do so only where nobody goes on using the credentials after that.
         *
         * @return this builder
         */
        public Builder revokeOnClose() {
            this.revokeOnClose = true;
            return this;
        }

        /**
         * Pins a remote secret to a version; by default the latest is read. KV version 1 has none.
         *
         * @param secret the remote name
         * @param version a number from 1
         * @return this builder
         */
        public Builder version(String secret, String version) {
            if (!version.matches("[1-9][0-9]{0,8}")) {
                throw new IllegalArgumentException("a version of " + secret + " must be a number from 1");
            }
            pin(secret, version);
            return this;
        }

        /** Sets the clock for leases, for tests. */
        Builder nanoTime(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
            return this;
        }

        /**
         * Makes the provider; nothing is contacted.
         *
         * @return a provider; close it
         * @throws IllegalStateException if the address or the login is missing, or choices contradict each other
         * @throws IllegalArgumentException if the address is not a URL, or two declared names map to one remote secret
         */
        public VaultSecretProvider build() {
            int version = engineVersion == null ? 2 : engineVersion;
            if (version == 1 && !pins().isEmpty()) {
                throw new IllegalStateException("KV version 1 has no versions to pin: leave out version(..)");
            }
            if (leases && (mount != null || engineVersion != null || !pins().isEmpty())) {
                throw new IllegalStateException("leases() takes whole paths, such as database/creds/reader: leave out"
                        + " mount(..), engineVersion(..) and version(..)");
            }
            if (revokeOnClose && !leases) {
                throw new IllegalStateException("revokeOnClose() is for leases()");
            }
            VaultAccess vault = access();
            return new VaultSecretProvider(
                    this,
                    leases
                            ? new LeaseService(vault, revokeOnClose, nanoTime)
                            : new VaultService(vault, mount == null ? "secret" : mount, version, pins()));
        }

        /**
         * Does nothing if Vault can be reached with these options.
         *
         * @throws IllegalStateException if the address or the login is missing
         */
        void checkAccess() {
            access().close();
        }

        /** Makes one call of a transit engine. */
        TransitService transit(String key, TransitService.Operation operation, String text) {
            return new TransitService(access(), transitMount(), key, operation, text);
        }

        String transitMount() {
            return mount == null ? "transit" : mount;
        }

        private VaultAccess access() {
            URI vault = address();
            @Nullable String space = namespace == null ? text("VAULT_NAMESPACE") : namespace;
            @Nullable String pemFile = text("VAULT_CACERT");
            Path trusted = caCertificates == null && pemFile != null ? Path.of(pemFile) : caCertificates;
            SystemProxies proxies = SystemProxies.of(environment);
            String description = "Vault at " + vault + (space == null ? "" : " (namespace " + space + ")");
            VaultFailures failures = new VaultFailures(description, vault, proxies);
            VaultConnection connection = new VaultConnection(vault, space, trusted, proxies);
            Sessions sessions = new Sessions(connection, login(), failures, nanoTime);
            return new VaultAccess(description, space, connection, sessions, failures);
        }

        private URI address() {
            String text = address == null ? text("VAULT_ADDR") : address;
            if (text == null) {
                throw new IllegalStateException("where is Vault? Call address(..), or set VAULT_ADDR");
            }
            try {
                URI uri = new URI(text.strip().replaceFirst("/+$", ""));
                boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
                if (http && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // The same as any other text that is no address.
            }
            throw new IllegalArgumentException("the address of Vault must be like https://vault:8200");
        }

        private Login login() {
            if (login != null) {
                return login.apply(Optional.ofNullable(authMount));
            }
            @Nullable String token = text("VAULT_TOKEN");
            if (token == null) {
                throw new IllegalStateException("how to log in? Call token(..), tokenFile(..), appRole(..) or"
                        + " kubernetes(..), or set VAULT_TOKEN");
            }
            return Login.token(checkToken(token, "VAULT_TOKEN"));
        }

        private @Nullable String text(String variable) {
            @Nullable String value = environment.get(variable);
            return value == null || value.isBlank() ? null : value.strip();
        }

        private static String checkToken(String token, String what) {
            TokenFile.flaw(token).ifPresent(flaw -> {
                throw new IllegalArgumentException(what + " " + flaw);
            });
            return token;
        }

        private static String checkText(String text, String what) {
            if (text.isBlank()) {
                throw new IllegalArgumentException("the " + what + " is blank");
            }
            return text.strip();
        }
    }
}
