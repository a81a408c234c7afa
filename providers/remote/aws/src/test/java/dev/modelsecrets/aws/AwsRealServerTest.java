package dev.modelsecrets.aws;

import static dev.modelsecrets.remote.testing.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Lookup;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract, against a server whose address is given by {@code -Dit.aws=http://localhost:4566}. */
@EnabledIfSystemProperty(named = "it.aws", matches = ".+")
class AwsRealServerTest extends AwsContract {

    private final String prefix = server().prefix();

    AwsRealServerTest() {
        super(AwsServer.at(URI.create(System.getProperty("it.aws")), "model-secrets-test/" + UUID.randomUUID() + "/"));
    }

    @Override
    public Set<Limit> limits() {
        Set<Limit> limits = super.limits();
        limits.add(Limit.NEVER_DENIES); // such servers check no rights
        return limits;
    }

    @Test
    void find_moreThanABatchWithMissingOnes_allAnswered() {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < 23; i++) {
            values.put("name-" + i, "test-value-" + i);
        }
        server().replace(values);
        values.put("missing", "");

        try (AwsSecretProvider provider = server().provider()) {
            Map<String, Lookup> found = provider.find(values.keySet());
            assertThat(found.get("name-22").value()).isEqualTo("test-value-22");
            assertThat(found.values().stream().filter(Lookup::isFound)).hasSize(23);
            assertThat(found.get("missing").reason())
                    .isEqualTo(prefix + "missing does not exist in AWS Secrets Manager at " + server().address()
                            + ", or has no value yet");
        }
    }

    @Test
    void find_pinned_thatVersion() {
        String first = server().put("token", "test-first");
        server().put("token", "test-second");
        server().put("other", "test-other");

        try (AwsSecretProvider version = server().builder()
                        .secretPerName(prefix)
                        .version(prefix + "token", first)
                        .build();
                AwsSecretProvider stage = server().builder()
                        .secretPerName(prefix)
                        .stage(prefix + "token", "AWSPREVIOUS")
                        .build()) {
            assertThat(version.find(Set.of("token", "other")).get("token").value())
                    .isEqualTo("test-first");
            assertThat(stage.find(Set.of("token")).get("token").value()).isEqualTo("test-first");
        }
    }

    @Test
    void find_binaryAndKeysOf_text() {
        server().putBinary("bytes", "test-bytes".getBytes(StandardCharsets.UTF_8));
        server().put("document", "{\"a\": \"test-a\", \"n\": 1.10}");

        try (AwsSecretProvider bytes = server().provider();
                AwsSecretProvider keys =
                        server().builder().keysOf(prefix + "document").build()) {
            assertThat(bytes.find(Set.of("bytes", "document")).get("bytes").value())
                    .isEqualTo("test-bytes");
            assertThat(keys.find(Set.of("a", "n")).get("n").value()).isEqualTo("1.10");
        }
    }

    @Test
    void find_deletionScheduled_fails() {
        server().put("token", "test-token");
        server().scheduleDeletion("token");

        try (AwsSecretProvider provider = server().provider()) {
            assertThat(answer(provider, Set.of("token")))
                    .asString()
                    .contains("is scheduled for deletion: restore it with");
        }
    }
}
