package dev.modelsecrets.aws;

import static dev.modelsecrets.remote.testing.Answers.answer;
import static dev.modelsecrets.remote.testing.Answers.late;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.remote.testing.LoopbackServer;
import dev.modelsecrets.remote.testing.LoopbackServer.Fault;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import dev.modelsecrets.remote.testing.TestCertificate;
import dev.modelsecrets.testing.FailOnSecretLeak;
import dev.modelsecrets.testing.SecretFixture;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** What goes wrong, in words, and with nothing of a payload in them. */
@FailOnSecretLeak
@SecretFixture(name = "sentinel", value = "test-sentinel")
class AwsFaultsTest {

    private static final String REFUSES = " refuses the credentials: ";

    private final AwsServer server = AwsServer.inProcess();

    AwsFaultsTest() throws IOException {}

    @BeforeEach
    void store() {
        server.replace(Map.of("token", "test-sentinel", "other", "test-sentinel-2"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void find_slow_failsAtTheDeadline() {
        server.loopback().always(new Fault.Slow(10_000));
        assertThat(failure(server.builder().deadline(Duration.ofMillis(300)), "token"))
                .matches(late(server.words(), "300 ms"));
    }

    @Test
    void find_throttledThenFine_isTriedAgain() {
        server.loopback().next(refused(429, "ThrottlingException"), refused(400, "ThrottlingException"), busy());

        assertFound("token");
        assertThat(server.readTargets()).hasSize(4);
    }

    @Test
    void find_batchThrottledThenFine_isTriedAsABatch() {
        server.loopback().next(refused(400, "ThrottlingException"));

        assertFound("token", "other");
        assertThat(server.readTargets()).containsExactly("BatchGetSecretValue", "BatchGetSecretValue");
    }

    @Test
    void find_oneOfABatchBusy_isTriedAgainAlone() {
        server.fake.busyOnce.add("models/other");

        assertFound("token", "other");
        assertThat(server.readTargets()).containsExactly("BatchGetSecretValue", "GetSecretValue");
    }

    @Test
    void find_busyForLongerThanTheDeadline_failsWithWhatAwsAnswers() {
        String body = "{\"__type\": \"ThrottlingException\"}";
        server.loopback().next(busy(), refused(400, "ThrottlingException"));
        server.loopback().always(new Fault.Instead(new Response(429, Map.of("Retry-After", "60"), body)));

        assertThat(failure(server.builder(), "token"))
                .isEqualTo(
                        server.words() + " answers 429 (ThrottlingException) (tried 3 times; the time limit is 10 s)");
        assertThat(failure(server.builder(), "token", "other"))
                .isEqualTo(server.words() + " answers 429 (ThrottlingException) (tried once; the time limit is 10 s)");
    }

    @Test
    void find_cutOff_fails() {
        server.loopback().always(new Fault.CutOff());

        assertThat(failure(server.builder(), "token"))
                .isEqualTo(
                        server.words()
                                + " broke off the connection before its answer was complete (tried twice; the time limit is 10 s)");
        assertThat(failure(server.builder(), "token", "other"))
                .isEqualTo(
                        server.words()
                                + " broke off the connection before its answer was complete (tried twice; the time limit is 10 s)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"SecretString\": \"test-sentinel\" oops",
                "<html>test-sentinel</html>",
                "{\"SecretString\": \"x\", \"SecretBinary\": \"test-sentinel!\"}"
            })
    void find_malformedBody_failsWithoutQuotingIt(String body) {
        server.loopback().always(new Fault.Instead(Response.json(200, body)));

        assertThat(failure(server.builder(), "token"))
                .isEqualTo(server.words()
                        + " gave an answer that is not its own: check the endpoint, and that no proxy answers in its"
                        + " place");
    }

    @Test
    void find_emptyAnswer_fails() {
        server.loopback().always(new Fault.Instead(Response.json(200, "{}")));

        assertThat(failure(server.builder(), "token")).isEqualTo("models/token came without a value");
        assertThat(failure(server.builder(), "token", "other")).contains("came without a value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>test-sentinel</html>", "{\"__type\": \"test-sentinel\"}", "{\"__type\": 7}", ""})
    void find_answerOfAProxy_failsWithTheStatus(String body) {
        server.loopback().always(new Fault.Instead(Response.json(407, body)));

        assertThat(failure(server.builder(), "token"))
                .isEqualTo(server.words()
                        + " answers 407 without an error code: check that no proxy answers in its place");
    }

    @Test
    void find_refusedWithoutACode_isDenied() {
        server.loopback().always(new Fault.Instead(Response.json(403, "<Code>AccessDenied</Code>")));

        try (AwsSecretProvider provider = server.provider()) {
            assertThat(answer(provider, Set.of("token", "other")))
                    .asString()
                    .startsWith("denied: " + server.words() + " refuses to read models/");
        }
        assertThat(server.readTargets()).containsExactly("BatchGetSecretValue", "GetSecretValue", "GetSecretValue");
    }

    @Test
    void find_unknownRefusal_failsWithItsCode() {
        server.fake.refused.put("models/token", "PreconditionNotMetException");

        assertThat(failure(server.builder(), "token"))
                .isEqualTo(server.words() + " answers 400 (PreconditionNotMetException) for models/token");
    }

    @Test
    void find_deletionScheduled_failsAndSaysHowToRestore() {
        server.scheduleDeletion("token");
        String problem = "models/token in " + server.words()
                + " is scheduled for deletion: restore it with aws secretsmanager restore-secret --secret-id models/token";

        assertThat(failure(server.builder(), "token")).isEqualTo(problem);
        assertThat(failure(server.builder(), "token", "other")).isEqualTo(problem);
    }

    @Test
    void find_keyOfTheSecretUnusable_fails() {
        server.fake.refused.put("models/token", "DecryptionFailure");

        assertThat(failure(server.builder(), "token", "other"))
                .isEqualTo("models/token in " + server.words()
                        + " cannot be decrypted: check that its KMS key is enabled, and grant kms:Decrypt on it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ExpiredTokenException | they have expired (ExpiredTokenException): renew them, with aws sso login for"
                        + " example",
                "UnrecognizedClientException | it does not know the access key or the session token"
                        + " (UnrecognizedClientException): check which are used, and renew them",
                "InvalidSignatureException | the signature does not fit (InvalidSignatureException): check the secret"
                        + " access key, and the clock of this machine"
            })
    void find_credentialsRefused_failsAndSaysWhatToRenew(String code, String problem) {
        server.loopback().always(refused(400, code));

        assertThat(failure(server.builder(), "token")).isEqualTo(server.words() + REFUSES + problem);
        assertThat(failure(server.builder(), "token", "other")).isEqualTo(server.words() + REFUSES + problem);
    }

    @Test
    void find_expiredTokenThatWasRenewed_isFoundInTheSameCall() {
        AtomicInteger found = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        server.fake.expiredKeys.add("key1");
        Credentials credentials =
                Credentials.foundBy(() -> new CloseableCredentials("key" + found.incrementAndGet(), closed));
        try (AwsSecretProvider provider = server.builder()
                .secretPerName("models/")
                .credentials(credentials)
                .build()) {
            assertThat(provider.find(Set.of("token")).get("token").isFound()).isTrue();
        }
        assertThat(found).hasValue(2);
        assertThat(closed).hasValue(2);
    }

    @Test
    void find_signatureRefusedOnce_isSignedAnew() {
        server.loopback().next(refused(400, "InvalidSignatureException"));

        assertFound("token");
        assertThat(server.readTargets()).hasSize(2);
    }

    @Test
    void find_batchErrorWithoutACode_isReadAlone() {
        server.fake.refused.put("models/other", "test-sentinel !");

        assertThat(failure(server.builder(), "token", "other"))
                .isEqualTo(server.words()
                        + " answers 400 without an error code: check that no proxy answers in its place");
    }

    @Test
    void find_noCredentials_saysWhatToSet() {
        assertThat(failure(server.builder().credentials(Credentials.ofThisProcess()), "token", "other"))
                .isEqualTo(server.words() + " cannot be asked: no AWS credentials were found: set"
                        + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in to the profile that AWS_PROFILE names"
                        + " (profiles with single sign-on need the SDK's modules sso and ssooidc on the class path), or"
                        + " attach a role to the pod, task or instance");
        assertThat(server.readTargets()).isEmpty();
    }

    @Test
    void find_givenCredentialsThatFail_saysSo() {
        AwsSecretProvider.Builder builder = server.builder().credentials(() -> {
            throw new IllegalStateException("test-sentinel");
        });

        assertThat(failure(builder, "token"))
                .isEqualTo(server.words() + " cannot be asked: the credentials that credentials(..) was given"
                        + " could not be loaded (they failed with java.lang.IllegalStateException)");
    }

    @Test
    void find_noRegion_saysWhatToSet() {
        assertThat(failure(AwsSecretProvider.builder().credentials(AwsServer.CREDENTIALS), "token"))
                .isEqualTo("AWS Secrets Manager cannot be asked: no AWS region was found: set AWS_REGION, or region"
                        + " in the profile that AWS_PROFILE names, or call region(..)");
    }

    @Test
    void find_nobodyListens_saysRefused() {
        assertThat(failure(server.builder().endpoint(URI.create("http://localhost:1")), "token"))
                .isEqualTo("AWS Secrets Manager at http://localhost:1 cannot be reached: connection refused");
    }

    @Test
    void find_untrustedCertificate_saysSo(@TempDir Path directory) throws Exception {
        try (LoopbackServer https = LoopbackServer.https(TestCertificate.context(directory), server.fake::handle)) {
            assertThat(failure(server.builder().endpoint(https.address()), "token"))
                    .isEqualTo("AWS Secrets Manager at " + https.address() + " cannot be reached: its certificate is"
                            + " not trusted, or is for another host; add its authority to the trust store of"
                            + " this JVM (javax.net.ssl.trustStore)");
        }
    }

    @Test
    void find_givenClientThatTimesOut_failsByTheDeadline() {
        server.loopback().always(new Fault.Slow(10_000));
        try (SecretsManagerClient client = AwsServer.client(server.address())) {
            AwsSecretProvider.Builder builder =
                    AwsSecretProvider.builder().client(client).deadline(Duration.ofMillis(300));
            assertThat(failure(builder, "token")).matches(late(server.words(), "300 ms"));
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void find_clientFails_saysWhy(Exception cause, String problem) {
        SdkClientException failure = SdkClientException.builder()
                .message("test-sentinel")
                .cause(cause)
                .build();

        assertThat(failure(AwsSecretProvider.builder().client(new FailingClient(failure)), "token", "other"))
                .isEqualTo("AWS Secrets Manager " + problem);
    }

    static List<Arguments> failures() {
        return List.of(
                Arguments.of(new UnknownHostException("test-sentinel"), "cannot be reached: the host is unknown"),
                Arguments.of(
                        new NoRouteToHostException("test-sentinel"),
                        "cannot be reached: there is no route to the host"),
                Arguments.of(
                        new SSLException("test-sentinel"),
                        "cannot be reached: no TLS connection could be agreed on; does it speak HTTPS?"),
                Arguments.of(
                        new SocketTimeoutException("test-sentinel"),
                        "did not answer in time (tried twice; the time limit is 10 s)"),
                Arguments.of(
                        new SocketException("test-sentinel"),
                        "broke off the connection before its answer was complete (tried twice; the time limit is 10 s)"),
                Arguments.of(new ConnectException("test-sentinel"), "cannot be reached: connection refused"),
                Arguments.of(
                        new IOException("Premature EOF"),
                        "broke off the connection before its answer was complete (tried twice; the time limit is 10 s)"),
                Arguments.of(
                        new IOException("test-sentinel"),
                        "broke off the connection before its answer was complete (tried twice; the time limit is 10 s)"),
                Arguments.of(
                        new IllegalArgumentException("test-sentinel"),
                        "gave an answer that is not its own: check the endpoint, and that no proxy answers in its place"));
    }

    /** Somebody's own client, which always fails. */
    private record FailingClient(SdkException failure) implements SecretsManagerClient {

        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
            throw failure;
        }

        @Override
        public BatchGetSecretValueResponse batchGetSecretValue(BatchGetSecretValueRequest request) {
            throw failure;
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private void assertFound(String... names) {
        try (AwsSecretProvider provider = server.provider()) {
            assertThat(provider.find(Set.of(names)).values())
                    .allSatisfy(lookup -> assertThat(lookup.isFound()).isTrue());
        }
    }

    private static String failure(AwsSecretProvider.Builder builder, String... names) {
        try (AwsSecretProvider provider = builder.secretPerName("models/").build()) {
            String words = answer(provider, Set.of(names)).problem();
            assertThat(words).doesNotContain("test-sentinel");
            return words;
        }
    }

    private static Fault refused(int status, String code) {
        String body = "{\"__type\": \"" + code + "\", \"message\": \"may quote test-sentinel\"}";
        return new Fault.Instead(Response.json(status, body));
    }

    private static Fault busy() {
        return refused(503, "ServiceUnavailable");
    }
}
