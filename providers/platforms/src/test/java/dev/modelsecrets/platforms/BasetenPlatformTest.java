package dev.modelsecrets.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BasetenPlatformTest {

    private static final Secrets SECRETS = Secrets.of(Map.of("hf_access_token", "value-of-hf"));

    private final BasetenDouble baseten = new BasetenDouble();
    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        server = LoopbackServer.http(baseten);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private BasetenPlatform.Builder builder() {
        return BasetenPlatform.builder(Secret.of(BasetenDouble.KEY)).endpoint(Endpoint.plainLoopback(server.address()));
    }

    @Test
    void plan_emptyPlatform_creates() {
        try (SecretPlatform platform = builder().build()) {
            PushPlan plan = platform.plan(SECRETS);

            assertThat(plan.items()).containsExactly(new Item("hf_access_token", Action.CREATE, ""));
            assertThat(baseten.values.get("default")).isEmpty();
        }
    }

    @Test
    void push_newSecret_written() {
        try (SecretPlatform platform = builder().build()) {
            PushReport report = platform.push(platform.plan(SECRETS));

            assertThat(report.isComplete()).isTrue();
            assertThat(report.results())
                    .containsExactly(new Result("hf_access_token", Outcome.WRITTEN, "in the team default"));
            assertThat(baseten.values.get("default")).containsExactly(Map.entry("hf_access_token", "value-of-hf"));
        }
    }

    @Test
    void plan_sameName_saysThatTheValueIsUnknown() {
        baseten.values.get("default").put("hf_access_token", "old");
        baseten.values.get("default").put("other", "old");
        try (SecretPlatform platform = builder().build()) {
            PushPlan plan = platform.plan(SECRETS);

            assertThat(plan.toString())
                    .isEqualTo("Baseten at " + server.address() + "\n"
                            + "  hf_access_token  write  it is there since 2026-01-02T03:04:05Z, whether with another value is"
                            + " unknown\n"
                            + "                          left alone: other");
            assertThat(platform.push(plan).isComplete()).isTrue();
            assertThat(baseten.values.get("default"))
                    .containsExactly(Map.entry("hf_access_token", "value-of-hf"), Map.entry("other", "old"));
        }
    }

    @Test
    void plan_onlyCreate_leavesTheOthersOut() {
        baseten.values.get("default").put("hf_access_token", "old");
        try (SecretPlatform platform = builder().build()) {
            PushPlan plan = platform.plan(SECRETS).only(Action.CREATE);

            assertThat(platform.push(plan).results()).isEmpty();
            assertThat(baseten.values.get("default")).containsEntry("hf_access_token", "old");
        }
    }

    @Test
    void plan_otherSpellingThere_conflict() {
        baseten.values.get("default").put("hf-access-token", "old");
        try (SecretPlatform platform = builder().build()) {
            PushPlan plan = platform.plan(SECRETS);

            assertThat(plan.hasConflicts()).isTrue();
            assertThat(plan.items())
                    .containsExactly(new Item(
                            "hf_access_token",
                            Action.CONFLICT,
                            "Baseten takes it and hf-access-token, which is there, for one name"));
            assertThat(platform.push(plan).results())
                    .extracting(Result::outcome)
                    .containsExactly(Outcome.NOT_SENT);
            assertThat(baseten.values.get("default")).containsOnlyKeys("hf-access-token");
        }
    }

    @Test
    void plan_twoSpellingsWanted_conflictOfBoth() {
        try (SecretPlatform platform = builder().build()) {
            PushPlan plan = platform.plan(Secrets.of(Map.of("a-b", "value-one", "a_b", "value-two")));

            assertThat(plan.items()).extracting(Item::action).containsOnly(Action.CONFLICT);
        }
    }

    @Test
    void plan_severalTeamsAndNoneNamed_conflict() {
        baseten.team("blue").values.get("blue").put("hf_access_token", "old");
        baseten.values.get("default").put("other", "old");
        try (SecretPlatform platform = builder().build()) {
            assertThat(platform.plan(SECRETS).items())
                    .containsExactly(new Item(
                            "hf_access_token",
                            Action.CONFLICT,
                            "it is there in the team blue, and Baseten writes to your default team: name the team"));
        }
    }

    @Test
    void push_team_writtenThere() {
        baseten.team("blue");
        try (SecretPlatform platform = builder().team("blue").build()) {
            PushReport report = platform.push(platform.plan(SECRETS));

            assertThat(report.toString())
                    .isEqualTo("Baseten at " + server.address() + ", team blue\n"
                            + "  hf_access_token  written  in the team blue");
            assertThat(baseten.values.get("blue")).containsOnlyKeys("hf_access_token");
        }
    }

    @Test
    void plan_unknownTeam_saysWhatIsNotThere() {
        try (SecretPlatform platform = builder().team("red").build()) {
            assertThatThrownBy(() -> platform.plan(SECRETS))
                    .isInstanceOf(SecretPlatformException.class)
                    .hasMessage("Baseten: has no list of secrets, or the URL " + server.address()
                            + " is not that of its API");
        }
    }

    @Test
    void plan_severalKeys_conflict() {
        WantedSecret wanted = WantedSecret.named("model")
                .key("A", Secret.of("value-a"))
                .key("B", Secret.of("value-b"))
                .build();
        try (SecretPlatform platform = builder().build()) {
            assertThat(platform.plan(List.of(wanted)).items())
                    .containsExactly(new Item(
                            "model",
                            Action.CONFLICT,
                            "it has 2 keys, and a secret of Baseten is one value: push each of them for itself"));
        }
    }

    @Test
    void plan_whatCannotBeSent_conflict() {
        List<WantedSecret> wanted = List.of(
                WantedSecret.of("blank", Secret.of(" \n")),
                WantedSecret.of("half", Secret.of("value-\ud83d")),
                WantedSecret.containerRegistry("login", "iad.ocir.io", "me", Secret.of("value-p"), "me@example.org"));
        try (SecretPlatform platform = builder().build()) {
            assertThat(platform.plan(wanted).items())
                    .extracting(Item::note)
                    .containsExactly(
                            "the value of blank is blank",
                            "the value of half holds half of a surrogate pair, which is not valid text",
                            "it is the login to a container registry, which Baseten does not keep as a secret");
        }
    }

    @Test
    void push_oneFails_othersWrittenAndTheRestCanBeResumed() {
        List<WantedSecret> wanted = List.of(
                WantedSecret.of("one", Secret.of("value-one")),
                WantedSecret.of("two", Secret.of("value-two")),
                WantedSecret.of("three", Secret.of("value-three")));
        try (SecretPlatform platform = builder().build()) {
            PushPlan plan = platform.plan(wanted);
            Fault refused = new Fault.Instead(Response.json(400, "{\"error\":\"value-one\"}"));
            server.next(new Fault.Slow(0), new Fault.Slow(0), refused);

            PushReport report = platform.push(plan);

            assertThat(report.results())
                    .containsExactly(
                            new Result("one", Outcome.WRITTEN, "in the team default"),
                            new Result(
                                    "two",
                                    Outcome.FAILED,
                                    "rejected the secret two (400): it does not fit the platform's rules"),
                            new Result("three", Outcome.WRITTEN, "in the team default"));
            assertThat(report.remaining()).extracting(WantedSecret::name).containsExactly("two");

            assertThat(platform.push(platform.plan(report.remaining())).isComplete())
                    .isTrue();
            assertThat(baseten.values.get("default")).containsOnlyKeys("one", "three", "two");
        }
    }

    @Test
    void push_tokenRevokedOnTheWay_restNotSent() {
        try (SecretPlatform platform = builder().build()) {
            PushPlan plan = platform.plan(Secrets.of(Map.of("one", "value-one", "two", "value-two")));
            server.next(new Fault.Slow(0), new Fault.Instead(Response.json(401, "{}")));

            PushReport report = platform.push(plan);

            assertThat(report.results()).extracting(Result::outcome).containsExactly(Outcome.FAILED, Outcome.NOT_SENT);
            assertThat(report.results())
                    .extracting(Result::note)
                    .containsExactly(
                            "did not accept the token (401): check that it is valid, and made for this account",
                            "the failure above concerns it too");
            assertThat(report.remaining()).hasSize(2);
        }
    }

    @Test
    void push_platformChangedSincePlan_notSent() {
        try (SecretPlatform platform = builder().build()) {
            PushPlan plan = platform.plan(SECRETS);
            baseten.values.get("default").put("hf_access_token", "somebody else's");

            PushReport report = platform.push(plan);

            assertThat(report.results())
                    .containsExactly(new Result(
                            "hf_access_token",
                            Outcome.NOT_SENT,
                            "the platform has changed since the plan: plan again"));
            assertThat(baseten.values.get("default")).containsEntry("hf_access_token", "somebody else's");
        }
    }

    @Test
    void push_planOfAnother_refused() {
        try (SecretPlatform platform = builder().build();
                SecretPlatform other = builder().build()) {
            PushPlan plan = other.plan(SECRETS);

            assertThatThrownBy(() -> platform.push(plan)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void list_secrets_namesTeamsAndDates() {
        baseten.values.get("default").put("a", "value-a");
        try (SecretPlatform platform = builder().build()) {
            assertThat(platform.list())
                    .containsExactly(
                            new PlatformSecret("a", "default", Set.of(), List.of("created 2026-01-02T03:04:05Z")));
            assertThat(platform.find("a")).isPresent();
            assertThat(platform.find("b")).isEmpty();
        }
    }

    @Test
    void delete_secret_gone() {
        baseten.values.get("default").put("a", "value-a");
        try (SecretPlatform platform = builder().build()) {
            platform.delete("a");

            assertThat(baseten.values.get("default")).isEmpty();
            assertThatThrownBy(() -> platform.delete("a"))
                    .isInstanceOf(SecretPlatformException.class)
                    .hasMessageStartingWith("Baseten: has no secret a, or");
        }
    }

    @Test
    void builder_wrongTokens_refusedWithoutQuoting() {
        for (String token : List.of(" ", "test-token\n", "test\u0001token", "test-t\u00f6ken")) {
            assertThatThrownBy(() -> BasetenPlatform.builder(Secret.of(token)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the token ")
                    .hasMessageNotContaining("test");
        }
        assertThatThrownBy(() -> builder().team("a/b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void build_alone_contactsNothing() {
        builder().build().close();

        assertThat(server.requests()).isEmpty();
    }
}
