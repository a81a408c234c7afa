package dev.modelsecrets.vault;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.remote.internal.Layout;
import dev.modelsecrets.remote.internal.RemoteSecrets;
import io.github.jopenlibs.vault.Vault;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Secrets in a KV engine of HashiCorp Vault, version 1 or 2, or of OpenBao.
 *
 * <p>By default the name {@code x} is the key {@code value} of the secret {@code x} in the mount {@code secret}. Nothing
 * is contacted before the first {@link #find}. Then one thread logs in for all; a token that can be renewed is renewed
 * after two thirds of its lease, others are fetched anew. Thread-safe.
 */
public final class VaultSecretProvider implements SecretProvider, AutoCloseable {

    private static final String NAME = "vault";

    private final Layout layout;
    private final RemoteSecrets secrets;
    private final String command;
    private final String afterwards;

    private VaultSecretProvider(Layout layout, RemoteSecrets secrets, String command, String afterwards) {
        this.layout = layout;
        this.secrets = secrets;
        this.command = command;
        this.afterwards = afterwards;
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

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        return secrets.find(names);
    }

    @Override
    public Optional<String> remedy(String name) {
        return Optional.of(command + layout.remoteName(name) + " " + layout.keyFor(name) + "=..." + afterwards);
    }

    /** Closes the client if it was made here. Idempotent. */
    @Override
    public void close() {
        secrets.close();
    }

    /** Returns the address and the layout, no value and no token. */
    @Override
    public String toString() {
        return "VaultSecretProvider[" + secrets + "]";
    }

    /** Collects what a provider needs; not thread-safe. */
    public static final class Builder {

        private static final Path SERVICE_ACCOUNT_TOKEN =
                Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

        private final Layout.Builder layout = Layout.builder(name -> name, "value");
        private final Map<String, Integer> versions = new HashMap<>();
        private Map<String, String> environment = System.getenv();
        private Duration deadline = RemoteSecrets.DEFAULT_DEADLINE;
        private String mount = "secret";
        private int engineVersion = 2;
        private boolean keys;
        private LongSupplier nanoTime = System::nanoTime;
        private @Nullable Vault client;
        private @Nullable String address;
        private @Nullable String namespace;
        private @Nullable Path caCertificates;
        private @Nullable String authMount;
        private @Nullable Function<Optional<String>, Login> login;

        private Builder() {}

        /**
         * Uses a driver of yours, with its address, namespace, certificates, engine version and token; it stays open.
         *
         * <p>Tell {@link #mount} and {@link #engineVersion} what it was made with.
         *
         * @param client the driver
         * @return this builder
         */
        public Builder client(Vault client) {
            this.client = Objects.requireNonNull(client, "client");
            return this;
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
            String given = checkText(token, "token");
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
            this.authMount = String.join("/", KvPath.segments(mount));
            return this;
        }

        /**
         * Sets where the KV engine is mounted; by default {@code secret}.
         *
         * @param mount the mount's path; it may have slashes
         * @return this builder
         */
        public Builder mount(String mount) {
            String path = mount.endsWith("/") ? mount.substring(0, mount.length() - 1) : mount;
            this.mount = String.join("/", KvPath.segments(path));
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
         * Looks for each name in a remote secret of its own, with a prefix in front of the name.
         *
         * @param prefix such as {@code models/}
         * @return this builder
         */
        public Builder secretPerName(String prefix) {
            KvPath.segments(prefix + "x");
            layout.secretPerName(prefix);
            return this;
        }

        /**
         * Looks for each name in a remote secret of its own.
         *
         * @param mapping from a declared name to the whole remote name
         * @return this builder
         */
        public Builder secretPerName(UnaryOperator<String> mapping) {
            layout.secretPerName(mapping);
            return this;
        }

        /**
         * Sets which key has the value where each name has a remote secret of its own; by default {@code value}.
         *
         * @param key the key
         * @return this builder
         */
        public Builder key(String key) {
            layout.key(key);
            return this;
        }

        /**
         * Looks for the names among the keys of remote secrets.
         *
         * @param secrets paths in the mount; the first that has a key wins
         * @return this builder
         */
        public Builder keysOf(String... secrets) {
            for (String secret : secrets) {
                KvPath.segments(secret);
            }
            layout.keysOf(secrets);
            keys = true;
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
            versions.put(secret, Integer.valueOf(version));
            return this;
        }

        /**
         * Sets how long one find may take, login and retries included; by default 10 s.
         *
         * @param deadline between a millisecond and a day
         * @return this builder
         */
        public Builder deadline(Duration deadline) {
            this.deadline = Objects.requireNonNull(deadline, "deadline");
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
         * @throws IllegalArgumentException if the address is none, or two declared names map to one remote secret
         */
        public VaultSecretProvider build() {
            if (engineVersion == 1 && !versions.isEmpty()) {
                throw new IllegalStateException("KV version 1 has no versions to pin");
            }
            Layout names = layout.build();
            String space = namespace == null ? text("VAULT_NAMESPACE") : namespace;
            VaultService service = client == null ? connected(space) : given(client);
            String put = keys && engineVersion == 2 ? "vault kv patch " : "vault kv put ";
            String in = client != null || space == null ? "" : "-namespace=" + space + " ";
            return new VaultSecretProvider(
                    names,
                    new RemoteSecrets(NAME, names, service, deadline),
                    put + in + "-mount=" + mount + " ",
                    keys && engineVersion == 1 ? " and all its other keys, which this replaces" : "");
        }

        private VaultService given(Vault vault) {
            if (address != null || namespace != null || caCertificates != null || login != null) {
                throw new IllegalStateException("a client has its own address, namespace, certificates and login");
            }
            Charset charset = Charset.defaultCharset();
            if (!charset.equals(StandardCharsets.UTF_8)) {
                throw new IllegalStateException("Vault's driver loses characters where the default charset is "
                        + charset + ": start Java with -Dfile.encoding=UTF-8, or let this provider make the client");
            }
            return service("Vault", Drivers.given(vault), Login.client());
        }

        private VaultService connected(@Nullable String space) {
            URI vault = address();
            @Nullable String pemFile = text("VAULT_CACERT");
            Path trusted = caCertificates == null && pemFile != null ? Path.of(pemFile) : caCertificates;
            Connection connection = new Connection(
                    vault,
                    space,
                    trusted,
                    deadline,
                    engineVersion,
                    KvPath.segments(mount).size());
            String in = space == null ? "" : " (namespace " + space + ")";
            return service("Vault at " + vault + in, connection, login());
        }

        private VaultService service(String description, Drivers drivers, Login with) {
            Problems problems = new Problems(description);
            Sessions sessions = new Sessions(drivers, with, problems, nanoTime);
            return new VaultService(description, mount, engineVersion, Map.copyOf(versions), sessions, problems);
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
            return Login.token(token);
        }

        private @Nullable String text(String variable) {
            @Nullable String value = environment.get(variable);
            return value == null || value.isBlank() ? null : value.strip();
        }

        private static String checkText(String text, String what) {
            if (text.isBlank()) {
                throw new IllegalArgumentException("the " + what + " is blank");
            }
            return text.strip();
        }
    }
}
