package dev.modelsecrets.gcp;

import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretVersionName;
import com.google.protobuf.ByteString;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.remote.testing.RemoteBenchmark;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** {@link RemoteBenchmark} for Secret Manager over gRPC without TLS, beside {@code accessSecretVersion}. */
final class GoogleBenchmark extends RemoteBenchmark {

    private GoogleBenchmark() {}

    public static void main(String... arguments) throws Exception {
        new GoogleBenchmark().run(arguments);
    }

    @Override
    protected String serve(Path directory, Set<String> secrets, long latency) throws Exception {
        SecretManagerServer server = new SecretManagerServer();
        secrets.forEach(secret -> server.add(secret, ByteString.copyFromUtf8("test-value-of-" + secret)));
        if (latency > 0) {
            server.faults.always(new Faults.Fault.Slow(latency));
        }
        return server.address();
    }

    @Override
    protected SecretProvider provider(String address, Path directory) {
        return GoogleSecretProvider.builder()
                .environment(Map.of())
                .project("test-project")
                .endpoint(address)
                .settings(SecretManagerServer::plaintext)
                .build();
    }

    @Override
    protected Plain plain(String address, Path directory) throws Exception {
        SecretManagerServiceClient client = SecretManagerServer.client(address);
        return secret -> client.accessSecretVersion(SecretVersionName.of("test-project", secret, "latest"))
                .getPayload()
                .getData()
                .toStringUtf8();
    }
}
