package dev.modelsecrets.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.testing.SecretProviderContract;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The contract, for one secret whose keys are the names. */
class AwsDocumentContractTest implements SecretProviderContract {

    private final AwsServer server = AwsServer.inProcess();

    AwsDocumentContractTest() throws IOException {}

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    public void store(Map<String, String> values) throws IOException {
        server.put("document", new ObjectMapper().writeValueAsString(values));
    }

    @Override
    public SecretProvider provider() {
        return server.builder().keysOf("models/document").build();
    }

    @Override
    public void breakBackend() {
        server.put("document", "{\"api_key\": \"value-of-api-key\"");
    }

    @Override
    public Set<Limit> limits() {
        return EnumSet.of(Limit.NEVER_DENIES); // rights are those of the whole document
    }

    @Override
    public int largestValue() {
        return 60_000; // in 64 KiB, with line breaks that are two characters in JSON
    }

    @Override
    public OptionalLong roundTrips() {
        return OptionalLong.of(server.readTargets().size());
    }
}
