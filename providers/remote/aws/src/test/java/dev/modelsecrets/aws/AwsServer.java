package dev.modelsecrets.aws;

import dev.modelsecrets.remote.testing.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** A server for tests, in this process or a real one, and a client that puts secrets there under a prefix. */
final class AwsServer implements AutoCloseable {

    static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    private final LoopbackServer loopback;
    private final URI address;
    private final String prefix;
    private final SecretsManagerClient admin;
    private final Set<String> stored = new LinkedHashSet<>();
    final FakeSecretsManager fake;

    private AwsServer(LoopbackServer loopback, FakeSecretsManager fake, URI address, String prefix) {
        this.loopback = loopback;
        this.fake = fake;
        this.address = address;
        this.prefix = prefix;
        this.admin = client(address);
    }

    /** Starts one in this process. */
    static AwsServer inProcess() throws IOException {
        FakeSecretsManager fake = new FakeSecretsManager();
        LoopbackServer loopback = LoopbackServer.http(fake::handle);
        return new AwsServer(loopback, fake, loopback.address(), "models/");
    }

    /** Takes one that is running. */
    static AwsServer at(URI address, String prefix) {
        return new AwsServer(null, null, address, prefix);
    }

    static SecretsManagerClient client(URI address) {
        return SecretsManagerClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(address)
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    URI address() {
        return address;
    }

    String prefix() {
        return prefix;
    }

    LoopbackServer loopback() {
        return loopback;
    }

    /** Returns the words that messages have for this server. */
    String words() {
        return "AWS Secrets Manager at " + address;
    }

    /** Returns the calls so far but those that put secrets there. */
    List<String> readTargets() {
        return loopback.requests().stream()
                .map(request -> request.header("X-Amz-Target").replace("secretsmanager.", ""))
                .filter(target -> !Set.of("CreateSecret", "PutSecretValue", "DeleteSecret")
                        .contains(target))
                .toList();
    }

    /** Returns a builder for a provider of what is under the prefix. */
    AwsSecretProvider.Builder builder() {
        return AwsSecretProvider.builder().region("us-east-1").endpoint(address).credentials(CREDENTIALS);
    }

    AwsSecretProvider provider() {
        return builder().secretPerName(prefix).build();
    }

    /** Stores values in place of those that were there. */
    void replace(Map<String, String> values) {
        for (String name : List.copyOf(stored)) {
            if (!values.containsKey(name)) {
                delete(name);
            }
        }
        values.forEach(this::put);
    }

    /** Stores a text and returns its version's id. */
    String put(String name, String value) {
        String id = prefix + name;
        return stored.add(name)
                ? admin.createSecret(secret -> secret.name(id).secretString(value))
                        .versionId()
                : admin.putSecretValue(secret -> secret.secretId(id).secretString(value))
                        .versionId();
    }

    void putBinary(String name, byte[] value) {
        stored.add(name);
        admin.createSecret(secret -> secret.name(prefix + name).secretBinary(SdkBytes.fromByteArray(value)));
    }

    /** Deletes for good. */
    void delete(String name) {
        stored.remove(name);
        admin.deleteSecret(secret -> secret.secretId(prefix + name).forceDeleteWithoutRecovery(true));
    }

    /** Marks as deleted. */
    void scheduleDeletion(String name) {
        admin.deleteSecret(secret -> secret.secretId(prefix + name));
    }

    @Override
    public void close() {
        try {
            for (String name : List.copyOf(stored)) {
                deleteIfThere(name);
            }
        } finally {
            admin.close();
            if (loopback != null) {
                loopback.close();
            }
        }
    }

    private void deleteIfThere(String name) {
        if (loopback == null) {
            try {
                delete(name);
            } catch (ResourceNotFoundException e) {
                stored.remove(name);
            }
        }
    }
}
