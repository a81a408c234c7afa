package dev.modelsecrets.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OciBlueprintsPlatformTest {

    private static final WantedSecret HF = WantedSecret.named("hf-secret")
            .key("hf-token", Secret.of("value-of-hf"))
            .build();

    private static final WantedSecret REGISTRY = WantedSecret.containerRegistry(
            "iad-creds", "iad.ocir.io", "tenancy/me", Secret.of("value-of-registry"), "me@example.org");

    private final OciDouble oci = new OciDouble();
    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        server = LoopbackServer.http(oci);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Endpoint endpoint() {
        return Endpoint.plainLoopback(server.address());
    }

    private SecretPlatform platform() {
        return OciBlueprintsPlatform.builder(endpoint(), Secret.of(OciDouble.TOKEN))
                .build();
    }

    @Test
    void push_newSecrets_oneBatch() {
        try (SecretPlatform platform = platform()) {
            PushReport report = platform.push(platform.plan(List.of(HF, REGISTRY)));

            assertThat(report.toString())
                    .isEqualTo("OCI AI Blueprints at " + server.address() + "\n"
                            + "  hf-secret  written  in the namespace default\n"
                            + "  iad-creds  written  in the namespace default");
        }
        assertThat(oci.secrets.get("hf-secret").path("data")).hasToString("{\"hf-token\":\"value-of-hf\"}");
        assertThat(oci.secrets.get("iad-creds").path("type").textValue()).isEqualTo("container_registry");
        assertThat(server.requests()).extracting(LoopbackServer.Request::method).containsExactly("GET", "GET", "POST");
    }

    @Test
    void push_userAndPassword_logsInOnce() {
        try (SecretPlatform platform = OciBlueprintsPlatform.builder(endpoint(), "admin", Secret.of(OciDouble.PASSWORD))
                .build()) {
            assertThat(platform.push(platform.plan(List.of(HF))).isComplete()).isTrue();
            assertThat(platform.find("hf-secret")).isPresent();
        }
        assertThat(oci.logins).isEqualTo(1);
    }

    @Test
    void plan_wrongPassword_saysSo() {
        try (SecretPlatform platform = OciBlueprintsPlatform.builder(endpoint(), "admin", Secret.of("test-wrong"))
                .build()) {
            assertThatThrownBy(() -> platform.plan(List.of(HF)))
                    .isInstanceOf(SecretPlatformException.class)
                    .hasMessage(
                            "OCI AI Blueprints: did not accept the login of this user (400): check name and password");
        }
    }

    @Test
    void plan_oddLogins_sayWhatIsWrong() {
        String address = server.address().toString();
        for (Map.Entry<String, String> answer : Map.of(
                        "{\"token\":7}",
                        "answered with JSON that has no token: check that " + address + " is the URL of its API",
                        "{\"token\":\"test\\ntoken\"}",
                        "answered the login with a token that no HTTP header can carry")
                .entrySet()) {
            server.next(new Fault.Instead(Response.json(200, answer.getKey())));
            try (SecretPlatform platform = OciBlueprintsPlatform.builder(
                            endpoint(), "admin", Secret.of(OciDouble.PASSWORD))
                    .build()) {
                assertThatThrownBy(() -> platform.plan(List.of(HF)))
                        .hasMessage("OCI AI Blueprints: " + answer.getValue());
            }
        }
    }

    @Test
    void push_existing_updated() {
        try (SecretPlatform platform = platform()) {
            platform.push(platform.plan(List.of(HF, REGISTRY)));

            PushPlan plan = platform.plan(List.of(HF, REGISTRY));

            assertThat(plan.items())
                    .containsExactly(
                            new Item(
                                    "hf-secret", Action.SAME_NAME, "it is there, whether with other values is unknown"),
                            new Item(
                                    "iad-creds",
                                    Action.SAME_NAME,
                                    "it is there, whether with other values is unknown"));
            assertThat(platform.push(plan).isComplete()).isTrue();
            assertThat(oci.secrets.get("hf-secret").path("action").textValue()).isEqualTo("update");
        }
    }

    @Test
    void plan_keysDiffer_updateOrConflict() {
        try (SecretPlatform platform = platform()) {
            platform.push(platform.plan(List.of(HF)));
            WantedSecret more = WantedSecret.named("hf-secret")
                    .key("hf-token", Secret.of("value-1"))
                    .key("second", Secret.of("value-2"))
                    .build();
            WantedSecret other = WantedSecret.named("hf-secret")
                    .key("second", Secret.of("value-2"))
                    .build();

            assertThat(platform.plan(List.of(more)).items())
                    .containsExactly(
                            new Item("hf-secret", Action.UPDATE, "adds the key second; values are written again"));
            assertThat(platform.plan(List.of(other)).items())
                    .extracting(Item::action)
                    .containsExactly(Action.CONFLICT);
        }
        try (SecretPlatform replacing = OciBlueprintsPlatform.builder(endpoint(), Secret.of(OciDouble.TOKEN))
                .replaceKeys(true)
                .build()) {
            WantedSecret other = WantedSecret.of("hf-secret", Secret.of("value-2"));

            assertThat(replacing.plan(List.of(other)).items())
                    .extracting(Item::note)
                    .containsExactly("adds the key hf-secret; removes the key hf-token; values are written again");
        }
    }

    @Test
    void plan_otherType_conflict() {
        try (SecretPlatform platform = platform()) {
            platform.push(platform.plan(List.of(HF, REGISTRY)));

            assertThat(platform.plan(List.of(WantedSecret.of("iad-creds", Secret.of("value"))))
                            .items())
                    .extracting(Item::note)
                    .containsExactly(
                            "it is there with the type kubernetes.io/dockerconfigjson, which an update cannot change");
        }
    }

    @Test
    void plan_nameThatKubernetesHasNot_conflict() {
        try (SecretPlatform platform = platform()) {
            PushPlan plan = platform.plan(Secrets.of(Map.of("hf_access_token", "value-of-hf")));

            assertThat(plan.items())
                    .containsExactly(new Item(
                            "hf_access_token",
                            Action.CONFLICT,
                            "its name cannot be one in Kubernetes: lower-case letters, digits, dashes and dots only, and a"
                                    + " letter or digit at both ends; keys may have other characters"));
            // Under one name with keys it can be pushed.
            WantedSecret asKey = WantedSecret.of("my-model", Secrets.of(Map.of("hf_access_token", "value-of-hf")));
            assertThat(platform.push(platform.plan(List.of(asKey))).isComplete())
                    .isTrue();
        }
    }

    @Test
    void push_batchFailsInPart_eachHasItsOutcome() {
        try (SecretPlatform platform = platform()) {
            PushPlan plan = platform.plan(List.of(HF, REGISTRY));
            // Somebody creates one of them after the second look.
            server.next(
                    new Fault.Slow(0),
                    new Fault.Instead(Response.json(
                            400,
                            "{\"operations_processed\":2,\"results\":["
                                    + "{\"name\":\"hf-secret\",\"status\":\"error\",\"message\":\"value-of-hf exists\"},"
                                    + "{\"name\":\"iad-creds\",\"status\":\"success\",\"message\":\"\"}]}")));

            PushReport report = platform.push(plan);

            assertThat(report.results())
                    .containsExactly(
                            new Result(
                                    "hf-secret",
                                    Outcome.FAILED,
                                    "the platform reports that it was not written: plan again"),
                            new Result("iad-creds", Outcome.WRITTEN, "in the namespace default"));
            assertThat(report.remaining()).containsExactly(HF);
        }
    }

    @Test
    void push_batchRejectedAsAWhole_allFailed() {
        try (SecretPlatform platform = platform()) {
            PushPlan plan = platform.plan(List.of(HF, REGISTRY));
            server.next(new Fault.Slow(0), new Fault.Instead(Response.json(400, "value-of-hf is bad")));

            assertThat(platform.push(plan).results())
                    .extracting(Result::outcome)
                    .containsOnly(Outcome.FAILED);
        }
    }

    @Test
    void push_answerNamesNotAll_theRestIsUnknown() {
        try (SecretPlatform platform = platform()) {
            PushPlan plan = platform.plan(List.of(HF, REGISTRY));
            server.next(
                    new Fault.Slow(0),
                    new Fault.Instead(
                            Response.json(200, "{\"results\":[{\"name\":\"hf-secret\",\"status\":\"success\"}]}")));

            assertThat(platform.push(plan).results())
                    .extracting(Result::outcome)
                    .containsExactly(Outcome.WRITTEN, Outcome.UNKNOWN);
        }
    }

    @Test
    void list_allNamespaces_planOnlyDefault() {
        try (SecretPlatform platform = platform()) {
            assertThat(platform.list())
                    .extracting(PlatformSecret::name, PlatformSecret::scope)
                    .containsExactly(tuple("elsewhere", "kube-system"));
            assertThat(platform.plan(List.of(HF)).others()).isEmpty();
        }
    }

    @Test
    void delete_secret_gone() {
        try (SecretPlatform platform = platform()) {
            platform.push(platform.plan(List.of(HF)));

            platform.delete("hf-secret");

            assertThat(oci.secrets).isEmpty();
            assertThat(platform.find("hf-secret")).isEmpty();
            assertThatThrownBy(() -> platform.delete("hf-secret"))
                    .hasMessage("OCI AI Blueprints: did not delete the secret hf-secret: see whether it is there");
        }
    }
}
