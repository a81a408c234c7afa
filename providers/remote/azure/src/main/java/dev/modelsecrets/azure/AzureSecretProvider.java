package dev.modelsecrets.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.remote.internal.Layout;
import dev.modelsecrets.remote.internal.LazyClient;
import dev.modelsecrets.remote.internal.RemoteSecrets;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets from Azure Key Vault.
 *
 * <p>By default the name {@code hf_token} is the secret {@code hf-token}: Key Vault allows letters, digits and dashes
 * only, so {@code _} and {@code .} become {@code -}. It needs the role Key Vault Secrets User, or the access policy's
 * permission get. A disabled secret and one that is not valid yet are failures; an expired one is handed out with a
 * WARN, as Key Vault's dates are for information. Thread-safe; nothing is contacted before the first {@link #find}.
 */
public final class AzureSecretProvider implements SecretProvider, AutoCloseable {

    private static final String NAME = "azure";

    private final Layout layout;
    private final KeyVault vault;
    private final RemoteSecrets secrets;

    private AzureSecretProvider(Layout layout, KeyVault vault, Duration deadline) {
        this.layout = layout;
        this.vault = vault;
        this.secrets = new RemoteSecrets(NAME, layout, vault, deadline);
    }

    /**
     * Begins a provider; it needs a {@link Builder#vaultUrl} or a {@link Builder#client}.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns {@code azure}. */
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
        String remote = layout.remoteName(name);
        String key = layout.keyFor(name);
        return Optional.of(
                key == null
                        ? "az keyvault secret set --vault-name " + vault.shortName() + " --name " + remote
                                + " --value ..."
                        : "put the key " + key + " into the JSON object of " + vault.where(remote));
    }

    /** Closes what this made itself; a client that was given stays open. Idempotent. */
    @Override
    public void close() {
        secrets.close();
    }

    /** Returns the vault and the layout, no value. */
    @Override
    public String toString() {
        return secrets.toString();
    }

    /** Collects how to reach a vault and which secrets to read there. Not thread-safe. */
    public static final class Builder {

        private final Layout.Builder layout = Layout.builder(KeyVault::toSecretName, null);
        private final Map<String, String> versions = new HashMap<>();
        private Duration deadline = RemoteSecrets.DEFAULT_DEADLINE;
        private @Nullable SecretClient client;
        private @Nullable URI vaultUrl;
        private @Nullable TokenCredential credential;
        private UnaryOperator<SecretClientBuilder> clientOptions = UnaryOperator.identity();

        private Builder() {
            layout.ignoreCase();
        }

        /**
         * Uses a client of yours as it is, its time-outs, retries and logging included; it stays open.
         *
         * @param client the client
         * @return this builder
         */
        public Builder client(SecretClient client) {
            this.client = Objects.requireNonNull(client, "client");
            return this;
        }

        /**
         * Names the vault to make a client for.
         *
         * @param vaultUrl its URL, such as {@code https://models.vault.azure.net}
         * @return this builder
         * @throws IllegalArgumentException if it is not the https URL of a host
         */
        public Builder vaultUrl(String vaultUrl) {
            return vaultUrl(URI.create(vaultUrl));
        }

        /**
         * Names the vault to make a client for.
         *
         * @param vaultUrl its URL, such as {@code https://models.vault.azure.net}
         * @return this builder
         * @throws IllegalArgumentException if it is not the https URL of a host
         */
        public Builder vaultUrl(URI vaultUrl) {
            boolean plain = vaultUrl.getUserInfo() == null
                    && vaultUrl.getQuery() == null
                    && vaultUrl.getFragment() == null
                    && (vaultUrl.getPath().isEmpty() || vaultUrl.getPath().equals("/"));
            if (!"https".equalsIgnoreCase(vaultUrl.getScheme()) || vaultUrl.getHost() == null || !plain) {
                throw new IllegalArgumentException(
                        "the vault URL must be https and a host, such as https://models.vault.azure.net");
            }
            this.vaultUrl = vaultUrl;
            return this;
        }

        /**
         * Logs in by a credential of yours; by default by the {@code DefaultAzureCredential}, made at the first find.
         *
         * @param credential gives the tokens
         * @return this builder
         */
        public Builder credential(TokenCredential credential) {
            this.credential = Objects.requireNonNull(credential, "credential");
            return this;
        }

        /** Changes the client that is made here, for tests against a vault on loopback. */
        Builder clientOptions(UnaryOperator<SecretClientBuilder> options) {
            this.clientOptions = options;
            return this;
        }

        /**
         * Takes one remote secret for each name, with a prefix in front of the mapped name.
         *
         * @param prefix letters, digits and dashes
         * @return this builder
         */
        public Builder secretPerName(String prefix) {
            layout.secretPerName(prefix);
            return this;
        }

        /**
         * Takes one remote secret for each name, by a mapping of yours.
         *
         * @param mapping from a declared name to the whole remote name
         * @return this builder
         */
        public Builder secretPerName(UnaryOperator<String> mapping) {
            layout.secretPerName(mapping);
            return this;
        }

        /**
         * Takes the value from one key of the JSON object in a secret for one name; by default the whole secret is it.
         *
         * @param key the key
         * @return this builder
         */
        public Builder key(String key) {
            layout.key(key);
            return this;
        }

        /**
         * Takes remote secrets whose keys are the names: JSON objects, read by the rules of {@code AUTH_SECRET}.
         *
         * @param secrets remote names; the first that has a key wins
         * @return this builder
         */
        public Builder keysOf(String... secrets) {
            layout.keysOf(secrets);
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
         * Pins a remote secret to a version; by default the latest is read.
         *
         * @param secret the remote name
         * @param version the version's identifier
         * @return this builder
         * @throws IllegalArgumentException if one of them cannot be in Key Vault
         */
        public Builder version(String secret, String version) {
            if (!KeyVault.isSecretName(secret) || !KeyVault.isSecretName(version)) {
                throw new IllegalArgumentException(
                        "a version is pinned by the name and the version that a secret has in"
                                + " Key Vault, which are letters, digits and dashes: " + secret + ", " + version);
            }
            versions.put(secret.toLowerCase(Locale.ROOT), version);
            return this;
        }

        /**
         * Limits how long one find may take, login and retries included; 10 seconds by default.
         *
         * @param deadline a millisecond to a day
         * @return this builder
         */
        public Builder deadline(Duration deadline) {
            this.deadline = Objects.requireNonNull(deadline, "deadline");
            return this;
        }

        /**
         * Checks the choices and builds the provider; nothing is contacted.
         *
         * @return a provider
         * @throws IllegalStateException if there is not either a client or a vault URL, or if both layouts are chosen
         * @throws IllegalArgumentException if two of the declared names map to one remote secret, or the deadline is
         *     out of range
         */
        public AzureSecretProvider build() {
            Layout chosen = layout.build();
            return new AzureSecretProvider(chosen, vault(), deadline);
        }

        private KeyVault vault() {
            SecretClient given = client;
            URI url = vaultUrl;
            if (given != null && (url != null || credential != null)) {
                throw new IllegalStateException("a client brings its vault and credential: leave out vaultUrl(..) and"
                        + " credential(..), or client(..)");
            }
            if (given != null) {
                return new KeyVault(given.getVaultUrl(), LazyClient.given(given), versions);
            }
            if (url == null) {
                throw new IllegalStateException("name the vault by vaultUrl(..), or give a client(..)");
            }
            String address = "https://" + url.getRawAuthority();
            TokenCredential login = credential;
            Duration limit = deadline;
            UnaryOperator<SecretClientBuilder> options = clientOptions;
            return new KeyVault(
                    address,
                    LazyClient.made(() -> OwnClient.make(address, login, limit, options), ignored -> {}),
                    versions);
        }
    }
}
