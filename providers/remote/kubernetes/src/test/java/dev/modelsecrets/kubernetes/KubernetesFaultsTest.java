package dev.modelsecrets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretAccessDeniedException;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.SecretsException;
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
    @TempDir
    private static Path directory;

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
        SecretProviderException failure =
                catchThrowableOfType(SecretProviderException.class, () -> provider.find(Set.of("api_key")));
        assertThat(failure).hasMessage("kubernetes: " + message);
        assertBare(failure);
    }

    private static void assertBare(SecretsException failure) {
        assertThat(failure).hasNoCause().hasNoSuppressedExceptions();
        assertThat(failure.toString()).doesNotContain(SENTINEL);
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
    void find_forbidden_isDeniedAndOthersAreNamed() throws Exception {
        server.always(new Fault.Instead(status(403, "Forbidden", "")));

        try (KubernetesSecretProvider provider = builder().build()) {
            SecretAccessDeniedException denied =
                    catchThrowableOfType(SecretAccessDeniedException.class, () -> provider.find(Set.of("api_key")));
            assertThat(denied)
                    .hasMessage(kubernetes + " refuses to read Secret models/api-key: let a Role of this account grant"
                            + " the verb get on the resource secrets, resourceNames api-key");
            assertBare(denied);
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
        assertThatThrownBy(() -> find("binary"))
                .isInstanceOf(SecretProviderException.class)
                .hasMessage(
                        "kubernetes: Secret models/binary key value is not UTF-8 text: mount the Secret, and read its"
                                + " file");
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
        long begin = System.nanoTime();

        assertThat(find("api_key").value()).isEqualTo(SENTINEL);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(1));
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
                builder().deadline(Duration.ofMillis(900)).build()) {
            assertThatThrownBy(() -> provider.find(Set.of("api_key")))
                    .isInstanceOf(SecretProviderException.class)
                    .hasMessageMatching("kubernetes: \\Q" + kubernetes
                            + "\\E answers 503 \\(tried .*; the time limit is 900 ms\\)");
        }
    }

    @Test
    void find_slow_failsAtTheDeadline() throws Exception {
        server.always(new Fault.Slow(3_000));

        try (KubernetesSecretProvider provider =
                builder().deadline(Duration.ofMillis(300)).build()) {
            long begin = System.nanoTime();
            assertThatThrownBy(() -> provider.find(Set.of("api_key")))
                    .isInstanceOf(SecretProviderException.class)
                    .hasMessageEndingWith(" did not answer within 300 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(2_500));
        }
    }

    @Test
    void find_cutOff_fails() throws Exception {
        server.always(new Fault.CutOff());

        assertFails(kubernetes + " broke the connection off");
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
            assertFails(provider, "Kubernetes at https://kubernetes.invalid:6443 cannot be reached: unknown host");
        }
    }

    @Test
    void find_unusableKubeconfig_failsWithoutQuotingIt() throws Exception {
        Path kubeconfig = Files.writeString(directory.resolve("broken.yaml"), "users: [\"" + SENTINEL);

        try (KubernetesSecretProvider provider =
                KubernetesSecretProvider.builder().kubeconfig(kubeconfig).build()) {
            SecretProviderException failure =
                    catchThrowableOfType(SecretProviderException.class, () -> provider.find(Set.of("api_key")));
            assertThat(failure)
                    .hasMessageStartingWith(
                            "kubernetes: Kubernetes cannot be asked: no client could be made from " + kubeconfig)
                    .hasMessageEndingWith("its message is withheld, because it may quote a token)");
            assertBare(failure);
        }
    }
}
