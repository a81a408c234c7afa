package dev.modelsecrets.azure;

import com.azure.json.JsonProviders;
import com.azure.json.JsonWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Set;

/** The contract of all providers, for one secret whose keys are the names. */
class AzureDocumentContractTest extends AzureSecretProviderContractTest {

    @Override
    public void store(Map<String, String> values) throws Exception {
        StringWriter json = new StringWriter();
        try (JsonWriter writer = JsonProviders.createWriter(json)) {
            writer.writeUntyped(values);
        }
        super.store(Map.of("document", json.toString()));
    }

    @Override
    public AzureSecretProvider provider() {
        return builder().keysOf(remoteName("document")).build();
    }

    /** A secret is refused as a whole. */
    @Override
    public Set<Limit> limits() {
        return Set.of(Limit.NEVER_DENIES);
    }

    /** In 25 KB, with line breaks that are two characters in JSON. */
    @Override
    public int largestValue() {
        return 24_000;
    }
}
