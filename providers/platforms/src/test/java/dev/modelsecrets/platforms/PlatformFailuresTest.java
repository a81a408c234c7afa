package dev.modelsecrets.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Secret;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.platforms.PushReport.Outcome;
import dev.modelsecrets.platforms.PushReport.Result;
import dev.modelsecrets.remote.testing.LoopbackServer;
import dev.modelsecrets.remote.testing.LoopbackServer.Fault;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import dev.modelsecrets.remote.testing.TestCertificate;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every platform's client says when something goes wrong on the way; shown with Baseten's. */
class PlatformFailuresTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private static final Secrets SECRETS = Secrets.of(Map.of("hf_access_token", "value-of-hf"));
    private static final String QUOTED = "{\"error\":\"value-of-hf and " + BasetenDouble.KEY + "\"}";

    private final BasetenDouble baseten = new BasetenDouble();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        server = LoopbackServer.http(baseten);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SecretPlatform platform(Endpoint endpoint) {
        return BasetenPlatform.builder(Secret.of(BasetenDouble.KEY))
                .build(new PlatformClient("Baseten", endpoint, CLOCK, pauses::add));
    }

    private SecretPlatform platform() {
        return platform(Endpoint.plainLoopback(server.address()));
    }

    private void assertList(Fault fault, String message) {
        server.always(fault);
        try (SecretPlatform platform = platform()) {
            assertThatThrownBy(platform::list)
                    .isInstanceOf(SecretPlatformException.class)
                    .hasMessage(message)
                    .hasNoCause();
        }
    }

    private static Fault answer(int status) {
        return new Fault.Instead(Response.json(status, QUOTED));
    }

    private static Fault retryAfter(int status, String when) {
        return new Fault.Instead(new Response(status, Map.of("Retry-After", when), QUOTED));
    }

    @Test
    void list_refused_wordsForEachStatus() {
        assertList(answer(400), "Baseten: rejected the list of secrets (400): it does not fit the platform's rules");
        assertList(
                answer(401),
                "Baseten: did not accept the token (401): check that it is valid, and made for this account");
        assertList(
                answer(403),
                "Baseten: does not let this token access the list of secrets (403): it needs the right to manage secrets");
        assertList(
                answer(404),
                "Baseten: has no list of secrets, or the URL " + server.address() + " is not that of its API");
        assertList(answer(409), "Baseten: has something else in the place of the list of secrets (409): plan again");
        assertList(answer(413), "Baseten: rejected the list of secrets as too large (413)");
        assertList(answer(418), "Baseten: answered 418 about the list of secrets");
        assertList(answer(500), "Baseten: failed with 500: try again later");
        assertList(
                answer(204),
                "Baseten: answered with something that is not JSON: check that " + server.address()
                        + " is the URL of its API, and that no proxy or login page stands in between");
    }

    @Test
    void list_answerUnlikeTheDocuments_saysWhatIsMissing() {
        String check = ": check that " + server.address() + " is the URL of its API";
        for (String page : List.of("<html>value-of-hf</html>", "", "{\"secrets\":[]} x", "{\"a\":1,\"a\":2}", "[[[[")) {
            assertList(
                    new Fault.Instead(Response.json(200, page)),
                    "Baseten: answered with something that is not JSON" + check
                            + ", and that no proxy or login page stands in between");
        }
        assertList(
                new Fault.Instead(Response.json(200, "{\"secrets\":\"value-of-hf\"}")),
                "Baseten: answered with JSON that has no list of secrets" + check);
        assertList(
                new Fault.Instead(Response.json(200, "{\"secrets\":[{\"name\":7}]}")),
                "Baseten: answered with JSON that has no name for a secret" + check);
    }

    @Test
    void list_deeplyNestedAnswer_isAFailure() {
        assertList(
                new Fault.Instead(Response.json(200, "[".repeat(100_000))),
                "Baseten: answered with something that is not JSON: check that " + server.address()
                        + " is the URL of its API, and that no proxy or login page stands in between");
    }

    @Test
    void list_endlessAnswer_isAFailure() {
        assertList(
                new Fault.Instead(Response.json(200, " ".repeat((16 << 20) + 1))),
                "Baseten: answered with more than 16 MiB");
    }

    @Test
    void list_throttled_waitsAsLongAsAsked() {
        server.next(
                retryAfter(429, "7"),
                retryAfter(429, "Fri, 02 Jan 2026 03:04:25 GMT"),
                retryAfter(503, "0"),
                retryAfter(429, "nonsense"));
        try (SecretPlatform platform = platform()) {
            assertThat(platform.list()).isEmpty();
        }
        assertThat(pauses)
                .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(20), Duration.ZERO, Duration.ofSeconds(4));
    }

    @Test
    void list_throttledForTooLong_saysWhenToTryAgain() {
        assertList(
                retryAfter(429, "3600"),
                "Baseten: limits the number of requests (429), so that the list of secrets was not handled: try again in"
                        + " 3600 s");
        assertThat(pauses).isEmpty();
    }

    @Test
    void list_throttledAgainAndAgain_givesUp() {
        assertList(
                answer(429),
                "Baseten: limits the number of requests (429), so that the list of secrets was not handled: try again"
                        + " later");
        assertThat(server.requests()).hasSize(5);
    }

    @Test
    void push_throttledAndFaulty_upsertIsRepeated() {
        try (SecretPlatform platform = platform()) {
            PushPlan plan = platform.plan(SECRETS);
            server.next(new Fault.Slow(0), answer(429), answer(502), answer(500));

            assertThat(platform.push(plan).isComplete()).isTrue();
        }
        assertThat(pauses).hasSize(3);
    }

    @Test
    void push_answerIsAPage_unknown() {
        try (SecretPlatform platform = platform()) {
            PushPlan plan = platform.plan(SECRETS);
            server.next(new Fault.Slow(0), new Fault.Instead(Response.json(200, "<html>value-of-hf</html>")));

            assertThat(platform.push(plan).results())
                    .extracting(Result::outcome)
                    .containsExactly(Outcome.UNKNOWN);
        }
    }

    @Test
    void list_redirected_notFollowed() throws IOException {
        try (LoopbackServer thief = LoopbackServer.http(request -> Response.json(200, "{\"secrets\":[]}"))) {
            for (int status : List.of(301, 302, 303, 307, 308)) {
                String there = thief.address() + "/v1/secrets?token=value-of-hf";
                assertList(
                        new Fault.Instead(new Response(status, Map.of("Location", there), "")),
                        "Baseten: answered with a redirect (" + status
                                + ") to localhost, which is not followed, because"
                                + " the token would go along: give the URL of its API itself");
            }
            assertThat(thief.requests()).isEmpty();
        }
    }

    @Test
    void push_redirected_notFollowedAndRestNotSent() throws IOException {
        try (LoopbackServer thief = LoopbackServer.http(request -> Response.json(200, "{}"));
                SecretPlatform platform = platform()) {
            PushPlan plan = platform.plan(Secrets.of(Map.of("one", "value-one", "two", "value-two")));
            server.next(
                    new Fault.Slow(0),
                    new Fault.Instead(new Response(307, Map.of("Location", thief.address() + "/"), "")));

            assertThat(platform.push(plan).results())
                    .extracting(Result::outcome)
                    .containsExactly(Outcome.FAILED, Outcome.NOT_SENT);
            assertThat(thief.requests()).isEmpty();
        }
    }

    @Test
    void list_nobodyListens_saysSo() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        URI nobody = URI.create("http://127.0.0.1:" + port);
        try (SecretPlatform platform = platform(Endpoint.plainLoopback(nobody))) {
            assertThatThrownBy(platform::list)
                    .hasMessage("Baseten: " + nobody + " cannot be reached: the connection was refused");
        }
    }

    @Test
    void list_unknownHost_saysSo() {
        Endpoint nowhere = Endpoint.of(URI.create("https://platform.invalid"));
        try (SecretPlatform platform = platform(nowhere)) {
            assertThatThrownBy(platform::list)
                    .hasMessage("Baseten: https://platform.invalid cannot be reached: the host is unknown");
        }
    }

    @Test
    void list_noAnswerInTime_saysSo() {
        server.always(new Fault.Slow(600_000));
        Endpoint endpoint = Endpoint.plainLoopback(server.address()).withTimeout(Duration.ofSeconds(2));
        try (SecretPlatform platform = platform(endpoint)) {
            assertThatThrownBy(platform::list).hasMessage("Baseten: did not answer within 2 s");
        }
    }

    @Test
    void list_interrupted_isAFailureAndStaysInterrupted() {
        try (SecretPlatform platform = platform()) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(platform::list)
                    .hasMessage("Baseten: the thread was interrupted: the list of secrets was not finished");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void push_overTls_trustedCertificateOnly(@TempDir Path directory) throws Exception {
        var context = TestCertificate.context(directory);
        try (LoopbackServer tls = LoopbackServer.https(context, baseten)) {
            Endpoint endpoint = Endpoint.of(tls.address());
            try (SecretPlatform platform = platform(endpoint.withTls(context))) {
                assertThat(platform.push(platform.plan(SECRETS)).isComplete()).isTrue();
                assertThat(baseten.values.get("default")).containsKey("hf_access_token");
            }
            try (SecretPlatform platform = platform(endpoint)) {
                assertThatThrownBy(platform::list)
                        .hasMessage("Baseten: " + tls.address()
                                + " cannot be trusted: the TLS handshake failed. If its certificate comes from your own"
                                + " authority, give an SSLContext that trusts it");
            }
        }
    }

    @Test
    void use_afterClose_opensAgain() {
        SecretPlatform platform = platform();
        platform.list();
        platform.close();
        platform.close();

        assertThat(platform.list()).isEmpty();
        platform.close();
    }
}
