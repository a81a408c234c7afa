package dev.modelsecrets.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.http.policy.RetryStrategy;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.azure.security.keyvault.secrets.SecretServiceVersion;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes the client of a provider that was not given one. */
final class OwnClient {

    private OwnClient() {}

    /**
     * Makes a client; it contacts nothing, and has nothing to close: its connections end when they are idle.
     *
     * @param vaultUrl the vault's URL
     * @param credential logs in; null for the {@code DefaultAzureCredential}
     * @param limit how long a call may take
     * @param changes makes changes for a test
     */
    static SecretClient make(
            String vaultUrl,
            @Nullable TokenCredential credential,
            Duration limit,
            UnaryOperator<SecretClientBuilder> changes) {
        // Named, as a search of the class path can find another one, or none in a fat jar.
        HttpClient http = new JdkHttpClientBuilder()
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

    /** The retries are those of RemoteSecrets, under its deadline. */
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
