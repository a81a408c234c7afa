package dev.modelsecrets.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.modelsecrets.Secret;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.platforms.PushPlan.Action;
import dev.modelsecrets.platforms.PushPlan.Item;
import dev.modelsecrets.platforms.PushReport.Outcome;
import dev.modelsecrets.platforms.PushReport.Result;
import dev.modelsecrets.remote.testing.LoopbackServer;
import dev.modelsecrets.remote.testing.LoopbackServer.Fault;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BentoCloudPlatformTest {

    private final BentoCloudDouble bento = new BentoCloudDouble();
    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        server = LoopbackServer.http(bento);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private BentoCloudPlatform.Builder builder() {
        return BentoCloudPlatform.builder(Endpoint.plainLoopback(server.address()), Secret.of(BentoCloudDouble.TOKEN));
    }

    private static WantedSecret wanted(String... keys) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : keys) {
            values.put(key, "value-of-" + key);
        }
        return WantedSecret.of("my-model", Secrets.of(values));
    }

    private void there(String... keys) {
        try (SecretPlatform platform = builder().build()) {
            assertThat(platform.push(platform.plan(List.of(wanted(keys)))).isComplete())
                    .isTrue();
        }
    }

    private Item planned(BentoCloudPlatform.Builder builder, WantedSecret wanted) {
        try (SecretPlatform platform = builder.build()) {
            return platform.plan(List.of(wanted)).items().get(0);
        }
    }

    private ObjectNode pushed(BentoCloudPlatform.Builder builder, WantedSecret wanted) {
        try (SecretPlatform platform = builder.build()) {
            PushReport report = platform.push(platform.plan(List.of(wanted)));
            assertThat(report.results()).extracting(Result::outcome).containsExactly(Outcome.WRITTEN);
        }
        return bento.find("my-model", "first");
    }

    @Test
    void push_newSecret_variablesAtRunTime() {
        assertThat(planned(builder(), wanted("HF_TOKEN")))
                .isEqualTo(new Item("my-model", Action.CREATE, "as variables at the stage runtime"));
        assertThat(pushed(builder(), wanted("HF_TOKEN", "OPENAI_API_KEY")).path("content"))
                .hasToString("{\"type\":\"env\",\"stage\":\"runtime\",\"items\":["
                        + "{\"key\":\"HF_TOKEN\",\"value\":\"value-of-HF_TOKEN\"},"
                        + "{\"key\":\"OPENAI_API_KEY\",\"value\":\"value-of-OPENAI_API_KEY\"}]}");
    }

    @Test
    void push_filesStageSubPathAndDescription_sent() {
        WantedSecret wanted = WantedSecret.named("my-model")
                .key("tls.key", Secret.of("value-of-key"))
                .key("token", Secret.of("value-of-token"))
                .description("for the model")
                .build();
        BentoCloudPlatform.Builder builder = builder()
                .asFiles("$BENTOML_HOME/secrets")
                .subPath("tls.key", "tls/private")
                .stage(BentoCloudPlatform.Stage.ALL);

        ObjectNode sent = pushed(builder, wanted);

        assertThat(sent.path("description").textValue()).isEqualTo("for the model");
        assertThat(sent.path("content"))
                .hasToString("{\"type\":\"mountfile\",\"stage\":\"all\",\"path\":\"$BENTOML_HOME/secrets\",\"items\":["
                        + "{\"key\":\"tls.key\",\"value\":\"value-of-key\",\"sub_path\":\"tls/private\"},"
                        + "{\"key\":\"token\",\"value\":\"value-of-token\"}]}");
    }

    @Test
    void plan_sameKeys_saysThatValuesAreUnknown() {
        there("A", "B");

        assertThat(planned(builder(), wanted("B", "A")))
                .isEqualTo(new Item(
                        "my-model",
                        Action.SAME_NAME,
                        "it is there with these keys, whether with other values is unknown"));
    }

    @Test
    void push_moreKeys_update() {
        there("A");

        assertThat(planned(builder(), wanted("A", "B", "C")))
                .isEqualTo(new Item("my-model", Action.UPDATE, "adds the keys B, C; values are written again"));
        assertThat(pushed(builder(), wanted("A", "B")).path("content").path("items"))
                .hasSize(2);
    }

    @Test
    void plan_keyWouldBeLost_conflictUnlessAllowed() {
        there("A", "B");

        assertThat(planned(builder(), wanted("A")))
                .isEqualTo(new Item(
                        "my-model",
                        Action.CONFLICT,
                        "it is there with the key B too, and would lose it, because BentoCloud takes all keys at once:"
                                + " want that key too, or allow it with replaceKeys(true)"));
        assertThat(planned(builder().replaceKeys(true), wanted("A")))
                .isEqualTo(new Item("my-model", Action.UPDATE, "removes the key B; values are written again"));
        assertThat(pushed(builder().replaceKeys(true), wanted("A"))
                        .path("content")
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void push_settingsNotNamed_stayAsTheyAre() {
        pushed(
                builder().asFiles("$BENTOML_HOME").subPath("A", "deep").stage(BentoCloudPlatform.Stage.BUILD),
                WantedSecret.named("my-model")
                        .key("A", Secret.of("value-a"))
                        .description("kept")
                        .build());

        ObjectNode after = pushed(builder(), wanted("A"));

        assertThat(after.path("description").textValue()).isEqualTo("kept");
        assertThat(after.path("content"))
                .hasToString("{\"type\":\"mountfile\",\"stage\":\"build\",\"path\":\"$BENTOML_HOME\",\"items\":["
                        + "{\"key\":\"A\",\"value\":\"value-of-A\",\"sub_path\":\"deep\"}]}");
    }

    @Test
    void plan_otherSettings_update() {
        there("A");

        assertThat(planned(builder().asFiles("$BENTOML_HOME/x").stage(BentoCloudPlatform.Stage.BUILD), wanted("A"))
                        .note())
                .isEqualTo("becomes files in $BENTOML_HOME/x; moves to the stage build; values are written again");
    }

    @Test
    void plan_subPathOfVariables_conflict() {
        assertThat(planned(builder().subPath("A", "deep"), wanted("A")).note())
                .isEqualTo("it has sub paths, and becomes variables: mount it as files");
    }

    @Test
    void plan_severalClustersAndNoneNamed_conflict() {
        for (String cluster : List.of("first", "second")) {
            pushedTo(cluster);
        }

        assertThat(planned(builder(), wanted("A")).note())
                .isEqualTo("it is there in the clusters first, second: name the cluster");
        assertThat(planned(builder().cluster("second"), wanted("A")).action()).isEqualTo(Action.SAME_NAME);
    }

    @Test
    void push_secretOfAnotherCluster_writtenWhereItIs() {
        pushedTo("second");

        try (SecretPlatform platform = builder().build()) {
            assertThat(platform.push(platform.plan(List.of(wanted("A", "B")))).results())
                    .containsExactly(new Result("my-model", Outcome.WRITTEN, "in the cluster second"));
        }
        assertThat(bento.find("my-model", "second").path("content").path("items"))
                .hasSize(2);
    }

    private void pushedTo(String cluster) {
        try (SecretPlatform platform = builder().cluster(cluster).build()) {
            assertThat(platform.push(platform.plan(List.of(wanted("A")))).isComplete())
                    .isTrue();
        }
    }

    @Test
    void list_severalPages_allRead() {
        List<WantedSecret> wanted = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            wanted.add(WantedSecret.of("secret-" + i, Secret.of("value-" + i)));
        }
        try (SecretPlatform platform = builder().build()) {
            assertThat(platform.push(platform.plan(wanted)).isComplete()).isTrue();

            assertThat(platform.list()).hasSize(101);
            assertThat(platform.find("secret-100"))
                    .contains(new PlatformSecret(
                            "secret-100",
                            "first",
                            Set.of("secret-100"),
                            List.of("as variables at the stage runtime", "changed 2026-01-02T03:04:05Z")));
            assertThat(platform.find("secret-101")).isEmpty();
        }
    }

    @Test
    void delete_secret_gone() {
        there("A");
        try (SecretPlatform platform = builder().build()) {
            platform.delete("my-model");

            assertThat(bento.secrets).isEmpty();
            assertThatThrownBy(() -> platform.delete("my-model"))
                    .hasMessage("BentoCloud: has no secret my-model, or the URL " + server.address()
                            + " is not that of its API");
        }
    }

    @Test
    void push_answerOfACreateLost_unknownAndResumedWithoutASecondCreate() {
        try (SecretPlatform platform = builder().build()) {
            PushPlan plan = platform.plan(List.of(wanted("A")));
            server.next(new Fault.Slow(0), new Fault.CutOff());

            PushReport report = platform.push(plan);

            assertThat(report.results())
                    .containsExactly(new Result(
                            "my-model",
                            Outcome.UNKNOWN,
                            "the connection to " + server.address()
                                    + " broke, so that it is unknown whether the secret my-model was changed"));
            assertThat(platform.plan(report.remaining()).items())
                    .extracting(Item::action)
                    .containsExactly(Action.SAME_NAME);
            assertThat(platform.push(platform.plan(report.remaining())).isComplete())
                    .isTrue();
            assertThat(bento.secrets).hasSize(1);
        }
    }

    @Test
    void push_createThrottled_repeatedAsAsked() {
        try (SecretPlatform platform = builder().build()) {
            PushPlan plan = platform.plan(List.of(wanted("A")));
            server.next(
                    new Fault.Slow(0), new Fault.Instead(new Response(429, Map.of("Retry-After", "0"), "value-of-A")));

            assertThat(platform.push(plan).isComplete()).isTrue();
            assertThat(bento.secrets).hasSize(1);
        }
    }

    @Test
    void push_serverFaultOnCreate_notRepeated() {
        try (SecretPlatform platform = builder().build()) {
            PushPlan plan = platform.plan(List.of(wanted("A")));
            server.next(new Fault.Slow(0), new Fault.Instead(Response.json(500, "value-of-A")));

            assertThat(platform.push(plan).results())
                    .containsExactly(new Result(
                            "my-model",
                            Outcome.UNKNOWN,
                            "failed with 500, so that it is unknown whether the secret my-model was changed: try again"
                                    + " later"));
        }
    }

    @Test
    void builder_pathsElsewhere_refused() {
        for (String path : List.of("/etc", "$BENTOML_HOMES", "$BENTOML_HOME/../x", "$BENTOML_HOME/")) {
            assertThatThrownBy(() -> builder().asFiles(path)).isInstanceOf(IllegalArgumentException.class);
        }
        for (String path : List.of("/etc", "../x", "a/../../b", " ")) {
            assertThatThrownBy(() -> builder().subPath("A", path)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
