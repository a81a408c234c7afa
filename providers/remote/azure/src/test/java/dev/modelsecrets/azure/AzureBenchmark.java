package dev.modelsecrets.azure;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.azure.security.keyvault.secrets.SecretServiceVersion;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.remote.testing.LoopbackServer.Fault;
import dev.modelsecrets.remote.testing.RemoteBenchmark;
import dev.modelsecrets.remote.testing.TestCertificate;
import java.nio.file.Path;
import java.util.Set;

/** {@link RemoteBenchmark} for Key Vault, beside {@link SecretClient#getSecret}. */
final class AzureBenchmark extends RemoteBenchmark {

    private AzureBenchmark() {}

    public static void main(String... arguments) throws Exception {
        new AzureBenchmark().run(arguments);
    }

    @Override
    protected String serve(Path directory, Set<String> secrets, long latency) throws Exception {
        LoopbackVault vault = new LoopbackVault(TestCertificate.context(directory));
        secrets.forEach(secret -> vault.put(secret, "test-value-of-" + secret));
        if (latency > 0) {
            vault.always(new Fault.Slow(latency));
        }
        return vault.url();
    }

    @Override
    protected SecretProvider provider(String address, Path directory) {
        return AzureSecretProvider.builder()
                .vaultUrl(address)
                .credential(Tokens.fixed("test-token-1"))
                .clientOptions(SecretClientBuilder::disableChallengeResourceVerification)
                .build();
    }

    @Override
    protected Plain plain(String address, Path directory) {
        SecretClient client = new SecretClientBuilder()
                .vaultUrl(address)
                .credential(Tokens.fixed("test-token-1"))
                .serviceVersion(SecretServiceVersion.V7_4)
                .httpClient(new JdkHttpClientBuilder().build())
                .disableChallengeResourceVerification()
                .buildClient();
        return secret -> client.getSecret(secret).getValue();
    }
}
