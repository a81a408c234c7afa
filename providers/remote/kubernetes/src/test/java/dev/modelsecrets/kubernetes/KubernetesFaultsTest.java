package dev.modelsecrets.kubernetes;

import static dev.modelsecrets.remote.testing.Answers.late;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.remote.testing.LoopbackServer;
import dev.modelsecrets.remote.testing.LoopbackServer.Fault;
import dev.modelsecrets.remote.testing.LoopbackServer.Request;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import dev.modelsecrets.remote.testing.TestCertificate;
import dev.modelsecrets.testing.FailOnSecretLeak;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said and done when the server misbehaves. */
@FailOnSecretLeak
class KubernetesFaultsTest {

    private static final String SENTINEL = "test-sentinel-of-a-payload";

    /** One for all, so that there is one certificate. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private static Path directory;

    private static final Machine NOWHERE = new Machine(Map.of(), Path.of("none"), Path.of("none"));

    private LoopbackServer server;
    private String kubernetes;

    @BeforeAll
    static void makeCertificate() throws Exception {
        TestCertificate.context(directory);
    }

    @BeforeEach
    void start() throws Exception {
        server = LoopbackServer.https(TestCertificate.context(directory), KubernetesFaultsTest::answer);
        kubernetes = "Kubernetes at " + server.address();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The Secrets api-key and binary, as an API server has them. */
    private static Response answer(Request request) {
        if (!request.header("Authorization").equals("Bearer " + Kubeconfig.TOKEN)) {
            return status(401, "Unauthorized", "");
        }
        String path = request.uri().getPath();
        if (path.equals("/api/v1/namespaces/models/secrets/api-key")) {
            return secret(Base64.getEncoder().encodeToString(SENTINEL.getBytes(StandardCharsets.UTF_8)));
        }
        if (path.equals("/api/v1/namespaces/models/secrets/binary")) {
            return secret("/+7d");
        }
        return status(404, "NotFound", ",\"details\":{\"kind\":\"secrets\"}");
    }

    private static Response secret(String base64) {
        return Response.json(
                200,
                "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"data\":{\"value\":\"" + base64 + "\",\"none\":null}}");
    }

    private static Response status(int code, String reason, String more) {
        return Response.json(
                code,
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"" + SENTINEL
                        + "\",\"reason\":\"" + reason + "\",\"code\":" + code + more + "}");
    }

    private KubernetesSecretProvider.Builder builder() throws Exception {
        return KubernetesSecretProvider.builder()
                .kubeconfig(Kubeconfig.trusting(directory, server.address(), "models"));
    }

    private Lookup find(String name) throws Exception {
        try (KubernetesSecretProvider provider = builder().build()) {
            return provider.find(Set.of(name)).get(name);
        }
    }

    private void assertFails(String message) throws Exception {
        try (KubernetesSecretProvider provider = builder().build()) {
            assertFails(provider, message);
        }
    }

    private static void assertFails(KubernetesSecretProvider provider, String message) {
        Lookup answer = provider.find(Set.of("api_key")).get("api_key");
        assertThat(answer.isFailed()).as(answer.toString()).isTrue();
        assertThat(answer.problem()).isEqualTo(message);
    }

    @Test
    void find_trustedServer_found() throws Exception {
        Lookup found = find("api_key");

        assertThat(found.value()).isEqualTo(SENTINEL);
        assertThat(found.location()).isEqualTo("Secret models/api-key key value");
        assertThat(server.requests()).extracting(Request::method).containsExactly("GET");
    }

    @Test
    void find_threadWithoutClassLoader_found() throws Exception {
        AtomicReference<Lookup> found = new AtomicReference<>();
        try (KubernetesSecretProvider provider = builder().build()) {
            // Such as those of the common pool in a fat jar: they see no class of the application.
            Thread thread =
                    new Thread(() -> found.set(provider.find(Set.of("api_key")).get("api_key")));
            thread.setContextClassLoader(null);
            thread.start();
            thread.join();
        }

        assertThat(found.get().isFound()).isTrue();
    }

    @Test
    void find_missingSecret_isAbsentWithItsPlace() throws Exception {
        assertThat(find("other").reason()).isEqualTo("Secret models/other does not exist in " + kubernetes);
    }

    @Test
    void find_missingNamespaceIfTheServerSaysSo_isAbsent() throws Exception {
        server.always(new Fault.Instead(status(404, "NotFound", ",\"details\":{\"kind\":\"namespaces\"}")));

        assertThat(find("other").reason()).isEqualTo("the namespace models does not exist in " + kubernetes);
    }

    @Test
    void find_notFoundOfAnotherServer_isNoAbsence() throws Exception {
        server.always(new Fault.Instead(new Response(404, Map.of(), "<html>" + SENTINEL)));

        assertFails(kubernetes + " answers 404, but not as an API server does: check the address");
    }

    @Test
    void find_forbidden_isDeniedAndSaysWhichRight() throws Exception {
        server.always(new Fault.Instead(status(403, "Forbidden", "")));

        try (KubernetesSecretProvider provider = builder().build()) {
            Lookup answer = provider.find(Set.of("api_key")).get("api_key");
            assertThat(answer.isDenied()).isTrue();
            assertThat(answer.problem())
                    .isEqualTo(kubernetes + " refuses to read Secret models/api-key: let a Role of this account grant"
                            + " the verb get on the resource secrets, resourceNames api-key");
        }
    }

    @Test
    void find_expiredToken_fails() throws Exception {
        Path kubeconfig = Kubeconfig.trusting(directory, server.address(), "models");
        Files.writeString(kubeconfig, Files.readString(kubeconfig).replace(Kubeconfig.TOKEN, "test-token-expired"));

        try (KubernetesSecretProvider provider =
                KubernetesSecretProvider.builder().kubeconfig(kubeconfig).build()) {
            assertFails(provider, kubernetes + " does not accept the login: the token is missing, wrong or expired");
        }
    }

    @Test
    void find_notText_failsAndSaysToMount() throws Exception {
        assertThat(find("binary").problem())
                .isEqualTo("Secret models/binary key value is not UTF-8 text: mount the Secret, and read its file");
    }

    @Test
    void find_notBase64_fails() throws Exception {
        server.always(new Fault.Instead(secret("?" + SENTINEL)));

        assertFails("Secret models/api-key key value is not base64");
    }

    @Test
    void find_nullInData_isBlank() throws Exception {
        try (KubernetesSecretProvider provider = builder().key("none").build()) {
            assertThat(provider.find(Set.of("api_key")).get("api_key").reason())
                    .isEqualTo("Secret models/api-key key none is blank");
        }
    }

    @Test
    void find_throttledThenFine_found() throws Exception {
        Fault throttled = new Fault.Instead(new Response(429, Map.of("Retry-After", "1"), SENTINEL));
        server.next(throttled, new Fault.Instead(status(500, "InternalError", "")));

        assertThat(find("api_key").value()).isEqualTo(SENTINEL);

        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void find_longThrottled_failsWithoutWaitingInVain() throws Exception {
        server.always(new Fault.Instead(new Response(429, Map.of("Retry-After", "60"), SENTINEL)));

        assertFails(kubernetes + " answers 429 (too many requests) (tried once; the time limit is 10 s)");
    }

    @Test
    void find_alwaysUnavailable_failsAtTheDeadline() throws Exception {
        server.always(new Fault.Instead(status(503, "ServiceUnavailable", "")));

        try (KubernetesSecretProvider provider =
                builder().deadline(Duration.ofSeconds(6)).build()) {
            assertThat(provider.find(Set.of("api_key")).get("api_key").problem())
                    .matches("\\Q" + kubernetes + "\\E answers 503 \\(tried .*; the time limit is 6 s\\)");
        }
    }

    @Test
    void find_slow_failsAtTheDeadline() throws Exception {
        server.always(new Fault.Slow(60_000));

        try (KubernetesSecretProvider provider =
                builder().deadline(Duration.ofMillis(300)).build()) {
            assertThat(provider.find(Set.of("api_key")).get("api_key").problem())
                    .matches(late(kubernetes, "300 ms"));
        }
    }

    @Test
    void find_cutOff_fails() throws Exception {
        server.always(new Fault.CutOff());

        assertFails(kubernetes + " broke off the connection before its answer was complete (tried twice; the time"
                + " limit is 10 s)");
    }

    @Test
    void find_malformed_isNotQuoted() throws Exception {
        String message = kubernetes + " does not answer a request for Secret models/api-key with a Secret: is it the"
                + " address of an API server?";

        server.next(new Fault.Instead(Response.json(200, "{\"kind\":\"Secret\",\"data\":{\"value\":" + SENTINEL)));
        assertFails(message);
        server.next(new Fault.Instead(Response.json(200, "{\"data\":{\"value\":\"" + SENTINEL + "\"}}")));
        assertFails(message);
        server.next(new Fault.Instead(new Response(200, Map.of(), "")));
        assertFails(message);
        server.next(new Fault.Instead(new Response(200, Map.of(), "<html>: \"" + SENTINEL)));
        assertFails(message);
    }

    @Test
    void find_otherStatus_fails() throws Exception {
        server.always(new Fault.Instead(status(400, "BadRequest", "")));

        assertFails(kubernetes + " answers 400 to a request for Secret models/api-key");
    }

    @Test
    void find_unknownCertificate_fails() throws Exception {
        Path kubeconfig = Kubeconfig.plain(directory, server.address());

        try (KubernetesSecretProvider provider =
                KubernetesSecretProvider.builder().kubeconfig(kubeconfig).build()) {
            assertFails(
                    provider,
                    kubernetes + " cannot be reached: its certificate is not trusted, or is for another host; give the"
                            + " client the cluster's certificate authority");
        }
    }

    @Test
    void find_serverGone_fails() throws Exception {
        server.close();

        assertFails(kubernetes + " cannot be reached: connection refused");
    }

    @Test
    void find_unknownHost_fails() throws Exception {
        Path kubeconfig = Kubeconfig.plain(directory, URI.create("https://kubernetes.invalid:6443/"));

        try (KubernetesSecretProvider provider =
                KubernetesSecretProvider.builder().kubeconfig(kubeconfig).build()) {
            assertFails(
                    provider, "Kubernetes at https://kubernetes.invalid:6443 cannot be reached: the host is unknown");
        }
    }

    @Test
    void find_redirect_failsAndTheTokenGoesNowhereElse() throws Exception {
        try (LoopbackServer other = LoopbackServer.http(request -> secret("eA=="))) {
            server.always(new Fault.Instead(new Response(
                    302, Map.of("Location", other.address() + "/api/v1/namespaces/models/secrets/api-key"), "")));

            assertFails(kubernetes + " redirects to another address (302), where the token is not sent: configure the"
                    + " address that the API server has");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void find_loginNotAcceptedAnyMore_readsTheConfigurationAnew() throws Exception {
        Path kubeconfig = Kubeconfig.trusting(directory, server.address(), "models");
        KubernetesConnection connection =
                new KubernetesConnection(() -> Clusters.find(kubeconfig, NOWHERE, LIMIT), null, Duration.ZERO);
        String current = Files.readString(kubeconfig);
        Files.writeString(kubeconfig, current.replace(Kubeconfig.TOKEN, "test-token-expired"));

        try (KubernetesService service = new KubernetesService(connection)) {
            service.connect();
            Files.writeString(kubeconfig, current);
            assertThat(service.read(Set.of("api-key"), Deadline.in(Duration.ofMinutes(1))))
                    .extractingByKey("api-key")
                    .hasToString("Document");
        }
        assertThat(server.requests()).hasSize(2);
    }
}
