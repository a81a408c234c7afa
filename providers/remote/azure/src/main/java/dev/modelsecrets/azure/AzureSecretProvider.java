package dev.modelsecrets.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import dev.modelsecrets.remote.RemoteSecretProvider;
import dev.modelsecrets.remote.SystemProxies;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
public final class AzureSecretProvider extends RemoteSecretProvider {

    private AzureSecretProvider(Builder options, AzureService service) {
        super("azure", options, service);
    }

    /**
     * Creates a provider for the vault that the variable {@code AZURE_KEYVAULT_URL} names, with the credential that
     * the Azure SDK finds.
     *
     * @return a provider; close it
     * @throws IllegalStateException if the variable is not set
     */
    public static AzureSecretProvider create() {
        return builder().build();
    }

    /**
     * Begins a provider; it needs a vault, of {@link Builder#vaultUrl}, {@code AZURE_KEYVAULT_URL} or {@link
     * Builder#client}.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects how to reach a vault and which secrets to read there. Not thread-safe. */
    public static final class Builder extends RemoteSecretProvider.Builder<Builder> {

        private Map<String, String> environment = System.getenv();
        private @Nullable SecretClient client;
        private @Nullable URI vaultUrl;
        private @Nullable TokenCredential credential;
        private UnaryOperator<SecretClientBuilder> clientOptions = UnaryOperator.identity();

        private Builder() {
            super(AzureNames::map, null);
            ignoreCase();
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

        /** Reads the vault and the proxies from a map, for tests. */
        Builder environment(Map<String, String> variables) {
            this.environment = variables;
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
            if (!AzureNames.isValid(secret) || !AzureNames.isValid(version)) {
                throw new IllegalArgumentException(
                        "a version is pinned by the name and the version that a secret has in"
                                + " Key Vault, which are letters, digits and dashes: " + secret + ", " + version);
            }
            pin(secret.toLowerCase(Locale.ROOT), version);
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
            SystemProxies proxies = SystemProxies.of(environment);
            SecretClient given = client;
            if (given != null && (vaultUrl != null || credential != null)) {
                throw new IllegalStateException("a client brings its vault and credential: leave out vaultUrl(..) and"
                        + " credential(..), or client(..)");
            }
            if (given != null) {
                AzureConnection connection = AzureConnection.given(given);
                return new AzureSecretProvider(
                        this, new AzureService(given.getVaultUrl(), connection, proxies, pins()));
            }
            String address = "https://" + vault().getRawAuthority();
            AzureConnection connection = AzureConnection.made(address, credential, deadline(), proxies, clientOptions);
            return new AzureSecretProvider(this, new AzureService(address, connection, proxies, pins()));
        }

        private URI vault() {
            String variable = environment.getOrDefault("AZURE_KEYVAULT_URL", "");
            if (vaultUrl == null && !variable.isBlank()) {
                vaultUrl(variable.strip());
            }
            if (vaultUrl == null) {
                throw new IllegalStateException(
                        "which vault? Call vaultUrl(..) or client(..), or set AZURE_KEYVAULT_URL");
            }
            return vaultUrl;
        }
    }
}
