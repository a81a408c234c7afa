package dev.modelsecrets.gcp;

import dev.modelsecrets.SecretProvider;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The contract of all providers, for one secret whose keys are the names. */
class GoogleDocumentContractTest extends GoogleSecretProviderContractTest {

    @Override
    public void store(Map<String, String> values) throws Exception {
        super.store(Map.of("document", json(values)));
    }

    private static String json(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\r", "\\r")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + '"';
    }

    @Override
    public SecretProvider provider() throws Exception {
        return builder().keysOf(prefix + "document").build();
    }

    /** A secret is refused as a whole. */
    @Override
    public Set<Limit> limits() {
        return Set.of(Limit.NEVER_DENIES);
    }

    /** In 64 KiB, with line breaks that are two characters in JSON. */
    @Override
    public int largestValue() {
        return 60_000;
    }
}
