package dev.modelsecrets.aws;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.remote.testing.LoopbackServer;
import dev.modelsecrets.remote.testing.LoopbackServer.Fault;
import dev.modelsecrets.remote.testing.RemoteBenchmark;
import dev.modelsecrets.remote.testing.TestCertificate;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** {@link RemoteBenchmark} for Secrets Manager, beside {@link SecretsManagerClient#getSecretValue}. */
final class AwsBenchmark extends RemoteBenchmark {

    private AwsBenchmark() {}

    public static void main(String... arguments) throws Exception {
        new AwsBenchmark().run(arguments);
    }

    @Override
    protected String serve(Path directory, Set<String> secrets, long latency) throws Exception {
        FakeSecretsManager fake = new FakeSecretsManager();
        LoopbackServer server = LoopbackServer.https(TestCertificate.context(directory), fake::handle);
        try (SecretsManagerClient admin = AwsServer.client(server.address())) {
            secrets.forEach(secret ->
                    admin.createSecret(request -> request.name(secret).secretString("test-value-of-" + secret)));
        }
        server.always(latency == 0 ? null : new Fault.Slow(latency));
        return server.address().toString();
    }

    @Override
    protected SecretProvider provider(String address, Path directory) {
        return AwsSecretProvider.builder()
                .region("us-east-1")
                .endpoint(URI.create(address))
                .credentials(AwsServer.CREDENTIALS)
                .build();
    }

    @Override
    protected Plain plain(String address, Path directory) {
        SecretsManagerClient client = AwsServer.client(URI.create(address));
        return secret ->
                client.getSecretValue(request -> request.secretId(secret)).secretString();
    }
}
