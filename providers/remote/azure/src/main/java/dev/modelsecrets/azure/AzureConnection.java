package dev.modelsecrets.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.http.policy.RetryStrategy;
import com.azure.core.util.Configuration;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.azure.security.keyvault.secrets.SecretServiceVersion;
import dev.modelsecrets.remote.HttpThreads;
import dev.modelsecrets.remote.LazyClient;
import dev.modelsecrets.remote.SystemProxies;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The client of a vault: one that was given, or one made at the first find. Thread-safe. */
final class AzureConnection {

    private final LazyClient<SecretClient> client;
    private final @Nullable HttpThreads threads;

    private AzureConnection(LazyClient<SecretClient> client, @Nullable HttpThreads threads) {
        this.client = client;
        this.threads = threads;
    }

    /** Takes a client of somebody else's, which stays open. */
    static AzureConnection given(SecretClient client) {
        return new AzureConnection(LazyClient.given(client), null);
    }

    /**
     * Makes a client later.
     *
     * @param vaultUrl the vault's URL
     * @param credential logs in; null for the {@code DefaultAzureCredential}
     * @param limit how long a call may take
     * @param proxies chooses the proxy
     * @param changes makes changes for a test
     */
    static AzureConnection made(
            String vaultUrl,
            @Nullable TokenCredential credential,
            Duration limit,
            SystemProxies proxies,
            UnaryOperator<SecretClientBuilder> changes) {
        HttpThreads threads = new HttpThreads();
        return new AzureConnection(
                LazyClient.made(
                        () -> make(vaultUrl, credential, limit.dividedBy(3), proxies, threads, changes), made -> {}),
                threads);
    }

    private static SecretClient make(
            String vaultUrl,
            @Nullable TokenCredential credential,
            Duration limit,
            SystemProxies proxies,
            HttpThreads threads,
            UnaryOperator<SecretClientBuilder> changes) {
        // Named, as a search of the class path can find another one, or none in a fat jar.
        HttpClient http = new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder()
                        .version(java.net.http.HttpClient.Version.HTTP_1_1)
                        .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                        .executor(threads)
                        .proxy(proxies))
                .configuration(Configuration.NONE)
                .connectionTimeout(limit)
                .writeTimeout(limit)
                .responseTimeout(limit)
                .readTimeout(limit)
                .build();
        SecretClientBuilder builder = new SecretClientBuilder()
                .vaultUrl(vaultUrl)
                .credential(
                        credential == null
                                ? new DefaultAzureCredentialBuilder()
                                        .httpClient(http)
                                        .build()
                                : credential)
                // Reading a secret has not changed since 7.0, and test doubles do not know the newest.
                .serviceVersion(SecretServiceVersion.V7_4)
                .retryPolicy(new RetryPolicy(new NoRetries()))
                .addPolicy(new AnswerCheck())
                .httpClient(http);
        return changes.apply(builder).buildClient();
    }

    /** Returns the client; the first call makes it. */
    SecretClient client() {
        return client.get();
    }

    void close() {
        client.close();
        if (threads != null) {
            threads.close();
        }
    }

    /** The retries are those of RemoteSecretProvider, under its deadline. */
    private static final class NoRetries implements RetryStrategy {

        /** Returns 1, as with 0 each answer is logged as the end of all retries. */
        @Override
        public int getMaxRetries() {
            return 1;
        }

        @Override
        public Duration calculateRetryDelay(int attempts) {
            return Duration.ZERO;
        }

        @Override
        public boolean shouldRetryCondition(RequestRetryCondition condition) {
            return false;
        }
    }
}
