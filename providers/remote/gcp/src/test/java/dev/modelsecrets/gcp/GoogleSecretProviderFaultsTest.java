package dev.modelsecrets.gcp;

import static dev.modelsecrets.remote.testing.Answers.late;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretPayload;
import com.google.protobuf.ByteString;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.gcp.Faults.Fault;
import dev.modelsecrets.remote.testing.LoopbackServer;
import dev.modelsecrets.remote.testing.TestCertificate;
import dev.modelsecrets.testing.FailOnSecretLeak;
import dev.modelsecrets.testing.SecretFixture;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server, the network and the login can do wrong; what they say holds a sentinel, which never gets out. */
@FailOnSecretLeak
@SecretFixture(name = "hf_token", value = GoogleSecretProviderFaultsTest.SENTINEL)
class GoogleSecretProviderFaultsTest {

    static final String SENTINEL = "test-sentinel-4711";
    private static final String VERSION = "projects/test-project/secrets/hf_token/versions/latest";

    private final List<GoogleSecretProvider> providers = new ArrayList<>();
    private SecretManagerServer server;
    private String system;

    @BeforeEach
    void start() throws Exception {
        server = new SecretManagerServer();
        system = "Secret Manager at " + server.address();
        server.add("hf_token", ByteString.copyFromUtf8(SENTINEL));
    }

    @AfterEach
    void stop() {
        providers.forEach(GoogleSecretProvider::close);
        server.close();
    }

    @Test
    void find_throttledThenFine_isFound() {
        server.faults.next(refused(Status.RESOURCE_EXHAUSTED), refused(Status.RESOURCE_EXHAUSTED));

        assertThat(find(provider()).value()).isEqualTo(SENTINEL);
        assertThat(server.faults.reads()).isEqualTo(3);
    }

    @Test
    void find_throttledToTheEnd_failsAtTheDeadline() {
        server.faults.always(refused(Status.RESOURCE_EXHAUSTED));

        assertThat(failure(provider(Duration.ofSeconds(4))))
                .matches(system + " is throttling \\(RESOURCE_EXHAUSTED\\) \\(tried (once|twice|[0-9]+ times);"
                        + " the time limit is 4 s\\)");
    }

    @Test
    void find_unavailableAndInternalErrorsThenFine_isFound() {
        server.faults.next(refused(Status.UNAVAILABLE), refused(Status.INTERNAL), refused(Status.UNKNOWN));

        assertThat(find(provider()).value()).isEqualTo(SENTINEL);
    }

    @Test
    void find_connectionResetHalfWay_isTriedAgain() throws Exception {
        try (Relay relay = new Relay(server.address())) {
            GoogleSecretProvider provider = built(builder().endpoint(relay.address()));
            assertThat(find(provider).value()).isEqualTo(SENTINEL);
            relay.cutNextAnswer();
            assertThat(find(provider).value()).isEqualTo(SENTINEL);
            assertThat(relay.hasCut()).isTrue();
        }
    }

    @Test
    void find_connectionWentSilent_isReadOverAnother() throws Exception {
        try (Relay relay = new Relay(server.address())) {
            GoogleSecretProvider provider = built(builder().endpoint(relay.address()));
            assertThat(find(provider).value()).isEqualTo(SENTINEL);
            relay.forget();
            assertThat(find(provider).value()).isEqualTo(SENTINEL);
        }
    }

    @Test
    void find_slowServer_failsAtTheDeadline() {
        server.faults.always(new Fault.Slow(5_000));

        assertThat(failure(provider(Duration.ofMillis(300)))).matches(late(system, "300 ms"));
    }

    @Test
    void find_slowLogin_failsAtTheDeadline() {
        GoogleSecretProvider provider = built(builder()
                .deadline(Duration.ofMillis(300))
                .settings(settings -> settings.setCredentialsProvider(() -> {
                    pause();
                    return null;
                })));

        assertFails(provider, system + " was not asked: its client was not made within 900 ms");
    }

    @Test
    void find_expiredToken_asksForALogin() {
        server.faults.always(refused(Status.UNAUTHENTICATED, "ACCESS_TOKEN_EXPIRED"));

        assertFails(
                provider(),
                system + " does not accept the login (ACCESS_TOKEN_EXPIRED): run gcloud auth application-default"
                        + " login, or check the service account");
    }

    @Test
    void find_denied_namesTheRole() {
        server.faults.always(refused(Status.PERMISSION_DENIED, "IAM_PERMISSION_DENIED"));

        assertThat(find(provider()))
                .hasToString("denied: " + system + " refuses to read " + VERSION
                        + ", or there is none (IAM_PERMISSION_DENIED):"
                        + " grant the role roles/secretmanager.secretAccessor on"
                        + " projects/test-project/secrets/hf_token");
    }

    @Test
    void find_deniedForAnotherCause_saysIt() {
        server.faults.next(
                refused(Status.PERMISSION_DENIED, "SERVICE_DISABLED"),
                refused(Status.PERMISSION_DENIED, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
                refused(Status.PERMISSION_DENIED, SENTINEL));
        GoogleSecretProvider provider = provider();

        assertFails(
                provider,
                system + " is not enabled in the project: run gcloud services enable secretmanager.googleapis.com");
        assertFails(provider, system + " does not accept the login: its access token needs the scope cloud-platform");
        assertThat(find(provider).problem()).doesNotContain(SENTINEL);
    }

    @Test
    void find_keyOfTheSecretDisabled_pointsToTheState() {
        server.faults.always(refused(Status.FAILED_PRECONDITION));

        assertFails(
                provider(),
                VERSION + " cannot be read in its present state: look at the state of its versions,"
                        + " and of the key that encrypts them");
    }

    @Test
    void find_refusedName_saysWhatToCheck() {
        server.faults.always(refused(Status.INVALID_ARGUMENT));

        assertFails(
                provider(),
                system + " does not accept the name " + VERSION + ": check the project, the mapping and the version");
    }

    @Test
    void find_anotherService_isNotTriedAgain() {
        server.faults.always(refused(Status.UNIMPLEMENTED));

        assertFails(provider(), system + " answers UNIMPLEMENTED");
        assertThat(server.faults.reads()).isEqualTo(1);
    }

    @Test
    void find_wrongChecksumOnce_readsAgain() {
        server.faults.next(new Fault.Body(response(1)));

        assertThat(find(provider()).value()).isEqualTo(SENTINEL);
        assertThat(server.faults.reads()).isEqualTo(2);
    }

    @Test
    void find_wrongChecksumAlways_fails() {
        server.faults.always(new Fault.Body(response(1)));

        assertFails(
                provider(),
                VERSION + " does not match its CRC32C checksum, read 3 times: try again, or add the version anew");
        assertThat(server.faults.reads()).isEqualTo(3);
    }

    @Test
    void find_noChecksum_isAccepted() {
        server.faults.always(new Fault.Body(response(null)));

        assertThat(find(provider()).value()).isEqualTo(SENTINEL);
    }

    @Test
    void find_malformedBody_failsWithoutQuotingIt() {
        server.faults.always(new Fault.Body(ByteString.copyFromUtf8(SENTINEL)));

        assertFails(provider(), system + " sent something for " + VERSION + " that is not a secret version");
    }

    @Test
    void find_bytesThatAreNoText_fails() {
        server.add("hf_token", ByteString.copyFrom(SENTINEL.getBytes(StandardCharsets.UTF_16)));

        assertFails(provider(), VERSION + " is not UTF-8 text: store it as text, or mount it as a file");
    }

    @Test
    void find_oneNameDenied_othersAreNotToBlame() {
        server.add("other", ByteString.copyFromUtf8("test-other"));
        server.service.denied.add("projects/test-project/secrets/hf_token");

        GoogleSecretProvider provider = provider();

        Map<String, Lookup> found = provider.find(Set.of("other", "hf_token"));
        assertThat(found.get("hf_token").isDenied()).isTrue();
        assertThat(found.get("other").isFound()).isTrue();
    }

    @Test
    void find_serverGone_saysSo() {
        server.close();

        assertFails(provider(), system + " cannot be reached: connection refused");
    }

    @Test
    void find_untrustedCertificate_saysSo(@TempDir Path directory) throws Exception {
        try (LoopbackServer stranger = LoopbackServer.https(
                TestCertificate.context(directory), request -> LoopbackServer.Response.json(200, "{}"))) {
            String address = "localhost:" + stranger.address().getPort();
            assertFails(
                    encrypted(address),
                    "Secret Manager at " + address + " cannot be reached: its certificate is not trusted, or is for"
                            + " another host; add its authority to the trust store of this JVM"
                            + " (javax.net.ssl.trustStore)");
        }
    }

    @Test
    void find_serverWithoutTls_saysSo() {
        assertFails(
                encrypted(server.address()),
                system + " cannot be reached: no TLS connection could be agreed on; does it speak HTTPS?");
    }

    private GoogleSecretProvider encrypted(String address) {
        return built(builder()
                .endpoint(address)
                .settings(settings -> settings.setCredentialsProvider(NoCredentialsProvider.create())));
    }

    private GoogleSecretProvider.Builder builder() {
        return GoogleSecretProvider.builder()
                .environment(Map.of("GOOGLE_CLOUD_PROJECT", "test-project"))
                .endpoint(server.address())
                .settings(SecretManagerServer::plaintext);
    }

    private GoogleSecretProvider provider() {
        return built(builder());
    }

    private GoogleSecretProvider provider(Duration deadline) {
        return built(builder().deadline(deadline));
    }

    private GoogleSecretProvider built(GoogleSecretProvider.Builder builder) {
        GoogleSecretProvider provider = builder.build();
        providers.add(provider);
        return provider;
    }

    private static Lookup find(GoogleSecretProvider provider) {
        return provider.find(Set.of("hf_token")).get("hf_token");
    }

    private static Fault refused(Status status) {
        return refused(status, "");
    }

    private static Fault refused(Status status, String reason) {
        return new Fault.Refused(status.withDescription("not with " + SENTINEL), reason);
    }

    /** The right payload with a checksum, or none. */
    private static ByteString response(Integer checksum) {
        SecretPayload.Builder payload = SecretPayload.newBuilder().setData(ByteString.copyFromUtf8(SENTINEL));
        if (checksum != null) {
            payload.setDataCrc32C(checksum);
        }
        return AccessSecretVersionResponse.newBuilder()
                .setPayload(payload)
                .build()
                .toByteString();
    }

    private static void assertFails(GoogleSecretProvider provider, String problem) {
        assertThat(failure(provider)).isEqualTo(problem);
    }

    private static String failure(GoogleSecretProvider provider) {
        String problem = find(provider).problem();
        assertThat(problem).doesNotContain(SENTINEL);
        return problem;
    }

    private static void pause() {
        try {
            TimeUnit.MINUTES.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
