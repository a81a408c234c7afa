package dev.modelsecrets.aws;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.testing.SecretProviderContract;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** What every provider must do, for one secret for each name, on any server. */
abstract class AwsContract implements SecretProviderContract {

    private final AwsServer server;
    private URI broken;

    AwsContract(AwsServer server) {
        this.server = server;
    }

    AwsServer server() {
        return server;
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    public void store(Map<String, String> values) {
        server.replace(values);
    }

    @Override
    public SecretProvider provider() {
        return broken == null
                ? server.provider()
                : server.builder().endpoint(broken).build();
    }

    @Override
    public void breakBackend() {
        broken = URI.create("http://localhost:1"); // nobody listens
    }

    @Override
    public Set<Limit> limits() {
        return EnumSet.of(Limit.NO_BLANK_VALUES); // AWS stores one character at least
    }

    @Override
    public int largestValue() {
        return 65_536;
    }
}
