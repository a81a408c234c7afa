package dev.modelsecrets.aws;

import static dev.modelsecrets.remote.testing.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsSecretProviderTest {

    private final AwsServer server = AwsServer.inProcess();
    private final List<AwsSecretProvider> providers = new ArrayList<>();

    AwsSecretProviderTest() throws IOException {}

    @AfterEach
    void close() {
        providers.forEach(AwsSecretProvider::close);
        server.close();
    }

    @Test
    void find_secretPerName_foundAtItsName() {
        server.put("token", "test-token");

        Lookup lookup = find(server.provider(), "token").get("token");

        assertThat(lookup.value()).isEqualTo("test-token");
        assertThat(lookup.location()).isEqualTo("models/token");
    }

    @Test
    void find_missing_isAbsentWithItsPath() {
        server.put("token", "test-token");

        Map<String, Lookup> found = find(server.provider(), "token", "other");

        assertThat(found.get("token").isFound()).isTrue();
        assertThat(found.get("other").reason())
                .isEqualTo("models/other does not exist in " + server.words() + ", or has no value yet");
        assertThat(find(server.provider(), "other").get("other").reason())
                .isEqualTo("models/other does not exist in " + server.words() + ", or has no value yet");
    }

    @Test
    void find_fortyFiveNames_threeCallsAndNeverAList() {
        Map<String, String> values = storeMany(45);

        Map<String, Lookup> found = server.provider().find(values.keySet());

        values.forEach((name, value) -> assertThat(found.get(name).value()).isEqualTo(value));
        assertThat(server.readTargets()).containsExactlyElementsOf(Collections.nCopies(3, "BatchGetSecretValue"));
    }

    @Test
    void find_oneName_needsNoBatch() {
        server.put("token", "test-token");

        find(server.provider(), "token");

        assertThat(server.readTargets()).containsExactly("GetSecretValue");
    }

    @Test
    void find_batchInPages_followsThem() {
        Map<String, String> values = storeMany(7);
        server.fake.pageSize = 3;

        Map<String, Lookup> found = server.provider().find(values.keySet());

        values.forEach((name, value) -> assertThat(found.get(name).value()).isEqualTo(value));
        assertThat(server.readTargets()).containsExactlyElementsOf(Collections.nCopies(3, "BatchGetSecretValue"));
    }

    @Test
    void find_blankValue_isAbsent() {
        server.put("token", "  \n");

        assertThat(find(server.provider(), "token").get("token").reason()).isEqualTo("models/token is blank");
    }

    @Test
    void find_binary_isTextOrAFailure() {
        server.putBinary("text", "test-p\u00e4ssword".getBytes(StandardCharsets.UTF_8));
        server.putBinary("bytes", new byte[] {(byte) 0xff, 't', 'e', 's', 't'});

        assertThat(find(server.provider(), "text").get("text").value()).isEqualTo("test-p\u00e4ssword");
        assertThat(find(server.provider(), "text", "bytes").get("bytes").problem())
                .isEqualTo("models/bytes is binary and not UTF-8: store it as text, in base64 for example");
    }

    @Test
    void find_deniedAmongOthers_isDeniedAndNamedAndHidesNobody() {
        server.replace(Map.of("a", "test-a", "b", "test-b", "c", "test-c"));
        server.fake.refused.put("models/b", "AccessDeniedException");

        Map<String, Lookup> found = find(server.provider(), "a", "b", "c");

        assertThat(found.get("b"))
                .hasToString("denied: " + server.words() + " refuses to read models/b: grant"
                        + " secretsmanager:GetSecretValue on it, and kms:Decrypt if it has a key of its own");
        assertThat(found.get("c").value()).isEqualTo("test-c");
    }

    @Test
    void find_noRightToBatches_readsOneByOneAndRemembersIt() {
        Map<String, String> values = storeMany(12);
        server.fake.batchRefused = "AccessDeniedException";
        AwsSecretProvider provider = track(server.provider());

        Map<String, Lookup> found = provider.find(values.keySet());
        provider.find(values.keySet());

        values.forEach((name, value) -> assertThat(found.get(name).value()).isEqualTo(value));
        assertThat(server.readTargets())
                .hasSize(25)
                .startsWith("BatchGetSecretValue", "GetSecretValue")
                .containsOnlyOnce("BatchGetSecretValue");
    }

    @Test
    void find_noRightToBatchesNorToOne_isDeniedForThatOne() {
        server.replace(Map.of("a", "test-a", "b", "test-b"));
        server.fake.batchRefused = "AccessDeniedException";
        server.fake.refused.put("models/b", "AccessDeniedException");

        assertThat(find(server.provider(), "a", "b").get("b").isDenied()).isTrue();
        assertThat(find(server.provider(), "a", "b").get("a").isFound()).isTrue();
    }

    @Test
    void find_endpointWithoutBatches_readsOneByOne() {
        server.replace(Map.of("a", "test-a", "b", "test-b"));
        server.fake.batchRefused = "UnknownOperationException";
        assertThat(find(server.provider(), "a", "b").get("b").value()).isEqualTo("test-b");

        server.fake.batchRefused = "InternalFailure"; // as LocalStack says it
        server.fake.batchRefusedStatus = 501;
        assertThat(find(server.provider(), "a", "b").get("b").value()).isEqualTo("test-b");

        server.fake.batchRefused = "ResourceNotFoundException"; // as older test doubles answer for one missing name
        server.fake.batchRefusedStatus = 404;
        assertThat(find(server.provider(), "a", "c").get("a").value()).isEqualTo("test-a");
    }

    @Test
    void find_malformedNameInABatch_failsForThatOneOnly() {
        server.put("a", "test-a");
        AwsSecretProvider provider = track(server.builder()
                .secretPerName(name -> name.equals("a") ? "models/a" : "no name")
                .build());

        Map<String, Lookup> found = provider.find(Set.of("a", "b"));

        assertThat(found.get("a").isFound()).isTrue();
        assertThat(found.get("b").problem())
                .isEqualTo("AWS Secrets Manager can have no secret of the name no name: use letters, digits and"
                        + " /_+=.@- or an ARN; give secretPerName(..) a mapping");
    }

    @Test
    void find_byArnWholeOrPartial_found() {
        server.replace(Map.of("a", "test-a", "b", "test-b", "c", "test-c"));
        String arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:models/";
        Map<String, String> ids = Map.of("a", arn + "a-AbCd12", "b", arn + "b", "c", "models/c");

        Map<String, Lookup> found =
                find(server.builder().secretPerName(ids::get).build(), "a", "b", "c");

        assertThat(found.get("a").value()).isEqualTo("test-a");
        assertThat(found.get("b").value()).isEqualTo("test-b");
        assertThat(found.get("c").value()).isEqualTo("test-c");
        assertThat(server.readTargets()).containsExactly("BatchGetSecretValue");
    }

    @Test
    void find_sameNameInAnotherAccount_isNotMixedUp() {
        server.put("token", "test-own");
        String theirs = server.fake.storeElsewhere("models/token", "test-theirs");
        Map<String, String> ids = Map.of("own", "models/token", "theirs", theirs);

        Map<String, Lookup> found =
                find(server.builder().secretPerName(ids::get).build(), "own", "theirs");

        assertThat(found.get("own").value()).isEqualTo("test-own");
        assertThat(found.get("theirs").value()).isEqualTo("test-theirs");
    }

    @Test
    void find_pinned_readsThatVersionAndTheOthersInABatch() {
        String first = server.put("token", "test-first");
        server.put("token", "test-second");
        server.replace(Map.of("token", "test-third", "a", "test-a", "b", "test-b"));

        AwsSecretProvider version = server.builder()
                .secretPerName("models/")
                .version("models/token", first)
                .build();
        Map<String, Lookup> found = find(version, "token", "a", "b");

        assertThat(found.get("token").value()).isEqualTo("test-first");
        assertThat(found.get("token").location()).isEqualTo("models/token version " + first);
        assertThat(found.get("a").value()).isEqualTo("test-a");
        assertThat(server.readTargets()).containsExactly("BatchGetSecretValue", "GetSecretValue");
        AwsSecretProvider stage = server.builder()
                .secretPerName("models/")
                .stage("models/token", "AWSPREVIOUS")
                .build();
        assertThat(find(stage, "token").get("token").value()).isEqualTo("test-second");
        assertThat(find(server.provider(), "token").get("token").value()).isEqualTo("test-third");
    }

    @Test
    void find_pinnedVersionThatIsNotThere_fails() {
        server.put("token", "test-token");
        AwsSecretProvider provider = track(server.builder()
                .secretPerName("models/")
                .stage("models/token", "AWSPREVIOUS")
                .build());

        assertThat(answer(provider, Set.of("token")))
                .hasToString("failed: stage AWSPREVIOUS of models/token does not exist in " + server.words()
                        + ": pin one that aws secretsmanager list-secret-version-ids --secret-id models/token lists");
    }

    @Test
    void find_keysOfTwoSecrets_firstWins() {
        server.put("own", "{\"a\": \"test-a\", \"n\": 1.10}");
        server.put("shared", "{\"a\": \"test-other\", \"b\": \"test-b\"}");
        AwsSecretProvider provider =
                server.builder().keysOf("models/own", "models/shared").build();

        Map<String, Lookup> found = find(provider, "a", "b", "n");

        assertThat(found.get("a").value()).isEqualTo("test-a");
        assertThat(found.get("b").location()).isEqualTo("models/shared key b");
        assertThat(found.get("n").value()).isEqualTo("1.10");
        assertThat(server.readTargets()).containsExactly("GetSecretValue", "GetSecretValue");
    }

    @Test
    void find_keyOfASecretPerName_isTheValue() {
        server.put("db", "{\"username\": \"app\", \"password\": \"test-password\"}");
        AwsSecretProvider provider =
                server.builder().secretPerName("models/").key("password").build();

        Lookup lookup = find(provider, "db").get("db");

        assertThat(lookup.value()).isEqualTo("test-password");
        assertThat(lookup.location()).isEqualTo("models/db key password");
    }

    @Test
    void build_namesThatMapToOne_refused() {
        AwsSecretProvider.Builder builder = AwsSecretProvider.builder()
                .secretPerName(name -> name.replace('_', '-'))
                .declarations(SecretDeclarations.of("a_b", "a-b"));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the names a_b and a-b both map to the remote secret a-b");
    }

    @Test
    void build_clientAndItsSettings_refused() {
        try (SecretsManagerClient client = AwsServer.client(server.address())) {
            assertThatThrownBy(() -> AwsSecretProvider.builder()
                            .client(client)
                            .region("us-east-1")
                            .build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a client of your own has its region, endpoint and credentials: leave out region(..),"
                            + " endpoint(..) and credentials(..), or client(..)");
        }
    }

    @Test
    void builder_malformedSettings_refused() {
        assertThatThrownBy(() -> AwsSecretProvider.builder().region(" ")).hasMessage("the region is blank");
        assertThatThrownBy(() -> AwsSecretProvider.builder().endpoint(URI.create("localhost:4566")))
                .hasMessage("the endpoint needs a scheme and a host, such as https://host");
    }

    @Test
    void close_givenClient_staysOpen() {
        server.put("token", "test-token");
        try (SecretsManagerClient client = AwsServer.client(server.address())) {
            AwsSecretProvider provider = AwsSecretProvider.builder()
                    .client(client)
                    .secretPerName("models/")
                    .build();
            assertThat(find(provider, "token").get("token").isFound()).isTrue();
            assertThat(provider).hasToString("" + server.words() + ", one secret for each name");
            provider.close();

            assertThat(client.getSecretValue(request -> request.secretId("models/token"))
                            .secretString())
                    .isEqualTo("test-token");
            assertThatThrownBy(() -> provider.find(Set.of("token"))).hasMessage("aws: the provider is closed");
        }
    }

    @Test
    void close_ownClient_closesItsCredentialsButNotThoseOfOthers() {
        AtomicInteger closed = new AtomicInteger();
        server.put("token", "test-token");
        AwsSecretProvider own = server.builder()
                .secretPerName("models/")
                .credentials(Credentials.foundBy(() -> new CloseableCredentials(closed)))
                .build();
        AwsSecretProvider others = server.builder()
                .secretPerName("models/")
                .credentials(new CloseableCredentials(closed))
                .build();

        find(others, "token");
        others.close();
        assertThat(closed).hasValue(0);
        find(own, "token");
        own.close();
        own.close();
        assertThat(closed).hasValue(1);
    }

    @Test
    void toString_always_saysRegionAndLayout() {
        assertThat(AwsSecretProvider.builder()
                        .region("eu-central-1")
                        .keysOf("own", "shared")
                        .build())
                .hasToString("AWS Secrets Manager in eu-central-1, keys of own, shared");
        assertThat(AwsSecretProvider.create()).hasToString("AWS Secrets Manager, one secret for each name");
        assertThat(AwsSecretProvider.builder()
                        .endpoint(URI.create("https://user:test-password@vpce.example/path"))
                        .build())
                .hasToString("AWS Secrets Manager at https://vpce.example, one secret for each name");
    }

    @Test
    void remedy_anyLayout_isTheCommandToRun() {
        assertThat(AwsSecretProvider.builder()
                        .region("eu-central-1")
                        .secretPerName("models/")
                        .build()
                        .remedy("token"))
                .contains("aws secretsmanager create-secret --name models/token --secret-string ..."
                        + " --region eu-central-1");
        assertThat(AwsSecretProvider.builder().key("password").build().remedy("db"))
                .contains("aws secretsmanager create-secret --name db --secret-string '{\"password\": \"...\"}'");
        assertThat(AwsSecretProvider.builder().keysOf("shared").build().remedy("token"))
                .contains("add the key token to the JSON of the secret shared: aws secretsmanager put-secret-value"
                        + " --secret-id shared --secret-string ...");
    }

    private Map<String, Lookup> find(AwsSecretProvider provider, String... names) {
        return track(provider).find(new LinkedHashSet<>(List.of(names)));
    }

    private AwsSecretProvider track(AwsSecretProvider provider) {
        providers.add(provider);
        return provider;
    }

    private Map<String, String> storeMany(int count) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            values.put("name-" + i, "test-value-" + i);
        }
        server.replace(values);
        return values;
    }
}
