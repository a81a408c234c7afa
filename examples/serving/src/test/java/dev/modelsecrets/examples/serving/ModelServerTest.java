package dev.modelsecrets.examples.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.AccessPolicy;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.SecretAccessDeniedException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drives the server over HTTP. */
class ModelServerTest {

    /** Longer than any test: nothing is looked at again unless it is asked for. */
    private static final Duration NEVER = Duration.ofHours(1);

    private final Keys keys = new Keys();
    private RotatingMount mount;

    @BeforeEach
    void publish(@TempDir Path directory) throws IOException {
        mount = new RotatingMount(directory.resolve("secrets"));
        mount.publish(keys.of(1, 1));
    }

    @Test
    void predict_threeModels_answerWithTheirOwnSecrets() throws Exception {
        mount.publish(keys.of(2, 7));
        try (RunningServer server = start(NEVER)) {
            assertThat(server.predict("sentiment").body()).isEqualTo("{\"prediction\": \"2\"}\n");
            assertThat(server.predict("upscaler").body()).isEqualTo("{\"prediction\": \"2\"}\n");
            assertThat(server.predict("custom").body()).isEqualTo("{\"prediction\": \"7\"}\n");
        }
    }

    @Test
    void predict_modelWithoutRights_isForbiddenWithoutAHint() throws Exception {
        try (RunningServer server = start(NEVER)) {
            HttpResponse<String> answer = server.predict("stranger");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).isEqualTo("{\"error\": \"the access policy denies this model its secrets\"}\n");
            assertThat(server.health()).contains("\"denied\": [\"stranger\"]");
            assertThat(server.log())
                    .contains("stranger: not served: 2 of 2 declared secrets have no value:")
                    .contains("access policy    denied: model stranger is not trusted with secrets.");
            // The others are served.
            assertThat(server.predict("sentiment").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void predict_modelWithoutRights_isForbiddenAlikeWhetherItsSecretExistsOrNot() throws Exception {
        List<ModelSpec> models =
                List.of(spec("exists", "hf_access_token"), spec("does-not", "there_is_no_such_secret"));
        SecretsResolver resolver = Serving.resolver(Map.of(), mount.directory());
        try (RunningServer server = new RunningServer(resolver, NEVER, new Upstream(), models)) {
            HttpResponse<String> exists = server.predict("exists");
            HttpResponse<String> doesNot = server.predict("does-not");
            assertThat(exists.statusCode()).isEqualTo(doesNot.statusCode()).isEqualTo(403);
            assertThat(exists.body()).isEqualTo(doesNot.body());
            String log = server.log();
            int second = log.indexOf("does-not: not served:");
            assertThat(log.substring(0, second).replace("exists", "X").replace("hf_access_token", "Y"))
                    .isEqualTo(log.substring(second).replace("does-not", "X").replace("there_is_no_such_secret", "Y"));
        }
    }

    @Test
    void predict_secretDeniedByNow_isForbidden() throws Exception {
        AtomicBoolean denied = new AtomicBoolean();
        SecretProvider store = SecretProvider.of("store", name -> {
            if (denied.get()) {
                throw new SecretAccessDeniedException(name, "the store refuses " + name + " to this server");
            }
            return Lookup.found(keys.value(name, 1), name);
        });
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(store)
                .accessPolicy(Serving.policy())
                .build();
        Upstream service = new Upstream();
        List<ModelSpec> models =
                Serving.models(RunningServer.MODELS, service, Map.of()).subList(0, 1);
        try (RunningServer server = new RunningServer(resolver, NEVER, service, models)) {
            assertThat(server.predict("sentiment").statusCode()).isEqualTo(200);
            denied.set(true);
            service.revokeBefore(2);
            HttpResponse<String> answer = server.predict("sentiment");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("hf_");
            assertThat(server.post("/admin/refresh").body()).contains("the store refuses hf_");
        }
    }

    @Test
    void predict_keysRevoked_looksAgainAndAnswers() throws Exception {
        try (RunningServer server = start(NEVER)) {
            assertThat(server.predict("sentiment").body()).contains("\"1\"");
            mount.publish(keys.of(2, 1));
            server.service.revokeBefore(2);
            assertThat(server.predict("sentiment").body()).isEqualTo("{\"prediction\": \"2\"}\n");
            while (!server.log().contains("sentiment: new values of [hf_access_token, hf_endpoint_key]")) {
                Thread.sleep(1); // listeners run on a thread of their own
            }
            assertThat(server.log()).doesNotContain("failed");
        }
    }

    @Test
    void predict_keysRevokedAndNotRotated_fails() throws Exception {
        try (RunningServer server = start(NEVER)) {
            server.service.revokeBefore(2);
            assertThat(server.predict("sentiment").statusCode()).isEqualTo(500);
            assertThat(server.log()).contains("the service refused the keys with 401");
        }
    }

    @Test
    void predict_modelWhoseExceptionQuotesItsSecret_leaksNothing() throws Exception {
        ModelSpec careless =
                new ModelSpec("sentiment", SecretDeclarations.of("hf_access_token"), (secrets, log) -> input -> {
                    throw new IllegalStateException("no answer for " + secrets.require("hf_access_token"));
                });
        SecretsResolver resolver = Serving.resolver(Map.of(), mount.directory());
        try (RunningServer server = new RunningServer(resolver, NEVER, new Upstream(), List.of(careless))) {
            HttpResponse<String> answer = server.predict("sentiment");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("{\"error\": \"the model failed\"}\n");
            assertThat(server.log()).contains("no answer for [secret:hf_access_token]");
            keys.assertNothingLeaksInto(server.log() + answer.body());
        }
    }

    @Test
    void predict_unknownAddress_isNotFound() throws Exception {
        try (RunningServer server = start(NEVER)) {
            assertThat(server.predict("unknown").statusCode()).isEqualTo(404);
            assertThat(server.post("/v1/models/sentiment").statusCode()).isEqualTo(404);
            assertThat(server.get("/v1/models/sentiment:predict").statusCode()).isEqualTo(405);
        }
    }

    @Test
    void refresh_afterARotation_isSeenByTheNextRequest() throws Exception {
        try (RunningServer server = start(NEVER)) {
            mount.publish(keys.of(2, 2));
            assertThat(server.predict("upscaler").body()).contains("\"1\"");
            assertThat(server.post("/admin/refresh").statusCode()).isEqualTo(200);
            assertThat(server.predict("upscaler").body()).contains("\"2\"");
            // A new generation is a new child process.
            assertThat(server.predict("custom").body()).contains("\"2\"");
            assertThat(server.get("/admin/refresh").statusCode()).isEqualTo(405);
        }
    }

    @Test
    void health_always_hasNamesAndAgeAndNoValue() throws Exception {
        try (RunningServer server = start(NEVER)) {
            String health = server.health();
            assertThat(health)
                    .matches("\\{\"models\": \\{"
                            + "\"sentiment\": \\{\"secrets\": \\[\"hf_access_token\", \"hf_endpoint_key\"], \"age_ms\":"
                            + " [0-9]+, \"last_failure\": null}, "
                            + "\"upscaler\": \\{\"secrets\": \\[\"bucket_access_key\", \"bucket_secret_key\"],"
                            + " \"age_ms\": [0-9]+, \"last_failure\": null}, "
                            + "\"custom\": \\{\"secrets\": \\[\"license_id\", \"license.key\"], \"age_ms\": [0-9]+,"
                            + " \"last_failure\": null}}, \"denied\": \\[\"stranger\"]}\n");
            keys.assertNothingLeaksInto(health);
        }
    }

    @Test
    void refresh_thatFails_keepsTheLastGoodSecretsAndShowsInHealth() throws Exception {
        try (RunningServer server = start(Duration.ofMillis(5))) {
            Map<String, String> broken = new LinkedHashMap<>(keys.of(2, 1));
            broken.put("hf_endpoint_key", " ");
            mount.publish(broken);
            server.post("/admin/refresh");
            assertThat(server.health()).contains("\"last_failure\": \"1 of 2 declared secrets has no value:");
            assertThat(server.predict("sentiment").body()).isEqualTo("{\"prediction\": \"1\"}\n");
            assertThat(server.predict("upscaler").body()).isEqualTo("{\"prediction\": \"2\"}\n");

            mount.publish(keys.of(3, 1));
            server.post("/admin/refresh");
            assertThat(server.health()).doesNotContain("has no value");
            assertThat(server.predict("sentiment").body()).isEqualTo("{\"prediction\": \"3\"}\n");
            keys.assertNothingLeaksInto(server.log() + server.health());
        }
    }

    @Test
    void child_ofAServerWithMoreSecrets_seesOnlyWhatWasGranted() throws Exception {
        Map<String, String> environment = Map.of(
                "TRUSS_SECRET_hf_access_token",
                keys.value("hf_access_token", 1),
                "TRUSS_SECRET_license_id",
                keys.value("license_id", 1),
                "AUTH_SECRET",
                "{\"license.key\": \"" + keys.value("license.key", 1) + "\"}",
                "TZ",
                "UTC");
        RunningServer running;
        try (RunningServer server = RunningServer.of(mount, environment, NEVER)) {
            running = server;
            assertThat(server.predict("custom").statusCode()).isEqualTo(200);
        }
        assertThat(running.log())
                .contains("custom: variables [LICENSE_ID, LICENSE_KEY, TZ]" + System.lineSeparator())
                .contains("custom: licensed by [secret:license_id]:[secret:license.key]");
        keys.assertNothingLeaksInto(running.log());
    }

    @Test
    void start_secretMissing_failsBeforeTheFirstRequest() throws Exception {
        Map<String, String> incomplete = keys.of(2, 1);
        mount.publish(incomplete);
        List<ModelSpec> models = List.of(spec("sentiment", "hf_access_token"), spec("sentient", "hf_api_key"));
        SecretsResolver resolver = SecretsResolver.builder()
                .providers(Serving.chain(Map.of(), mount.directory()))
                .accessPolicy(AccessPolicy.builder()
                        .trust("sentiment")
                        .trust("sentient")
                        .build())
                .build();
        assertThatThrownBy(() -> new RunningServer(resolver, NEVER, new Upstream(), models))
                .isInstanceOf(MissingSecretsException.class)
                .hasMessageContaining("hf_api_key");
    }

    @Test
    void close_always_endsTheServerAndTheChild() throws Exception {
        RunningServer server = start(NEVER);
        server.close();
        assertThatThrownBy(() -> new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort()))
                .isInstanceOf(ConnectException.class);
        assertThat(server.log()).endsWith("custom: ended with status 0" + System.lineSeparator());
    }

    private RunningServer start(Duration interval) throws IOException {
        return RunningServer.of(mount, Map.of(), interval);
    }

    private static ModelSpec spec(String name, String secret) {
        return new ModelSpec(name, SecretDeclarations.of(secret), (secrets, log) -> input -> "answer");
    }
}
