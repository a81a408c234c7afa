package dev.modelsecrets.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.auth.Credentials;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import com.google.cloud.secretmanager.v1.stub.SecretManagerServiceStub;
import com.google.protobuf.ByteString;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.remote.testing.LoopbackServer;
import dev.modelsecrets.testing.FailOnSecretLeak;
import dev.modelsecrets.testing.SecretFixture;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@FailOnSecretLeak
@SecretFixture(name = "hf_token", value = GoogleSecretProviderTest.SENTINEL)
class GoogleSecretProviderTest {

    static final String SENTINEL = "test-sentinel-4711";
    private static final String LOGIN = "run gcloud auth application-default login, or check the service account";

    private final AtomicInteger logins = new AtomicInteger();
    private SecretManagerServer server;

    @BeforeEach
    void start() throws IOException {
        server = new SecretManagerServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void build_always_contactsNobody() {
        try (GoogleSecretProvider provider = builder().build()) {
            assertThat(provider).hasToString("Secret Manager at " + server.address() + ", one secret for each name");
            assertThat(provider.remedy("hf_token")).isPresent();
        }
        assertThat(logins).hasValue(0);
        assertThat(server.faults.reads()).isZero();
    }

    @Test
    void resolve_earlierProviderHasAll_contactsNobody() {
        try (GoogleSecretProvider provider = builder().build()) {
            SecretsResolver resolver =
                    SecretsResolver.of(SecretProvider.of("first", Map.of("hf_token", "test-token")), provider);
            assertThat(resolver.resolve("hf_token").require("hf_token")).isEqualTo("test-token");
        }
        assertThat(logins).hasValue(0);
    }

    @Test
    void find_manyNames_oneCallEachAndOneLogin() {
        Set<String> names = IntStream.range(0, 20).mapToObj(i -> "name_" + i).collect(Collectors.toSet());
        names.forEach(name -> server.add(name, ByteString.copyFromUtf8("test-" + name)));

        try (GoogleSecretProvider provider = builder().build()) {
            assertThat(provider.find(names))
                    .hasSize(20)
                    .allSatisfy((name, lookup) -> assertThat(lookup.value()).isEqualTo("test-" + name));
        }
        assertThat(server.faults.reads()).isEqualTo(20);
        assertThat(logins).hasValue(1);
    }

    @Test
    void find_unknownName_saysWhereItWasLookedFor() {
        try (GoogleSecretProvider provider = builder().build()) {
            assertThat(find(provider, "hf_token").reason())
                    .isEqualTo("projects/test-project/secrets/hf_token does not exist in Secret Manager at "
                            + server.address() + ", or has no version");
        }
    }

    @Test
    void find_mappingToAnotherProject_readsThere() {
        server.service.add("projects/shared/secrets/team_hf_token", ByteString.copyFromUtf8("test-token"));

        try (GoogleSecretProvider provider = builder()
                .secretPerName(name -> "projects/shared/secrets/team_" + name)
                .version("projects/shared/secrets/team_hf_token", "1")
                .build()) {
            assertThat(find(provider, "hf_token").location())
                    .isEqualTo("projects/shared/secrets/team_hf_token/versions/1");
            assertThat(provider.remedy("hf_token"))
                    .hasValue("printf %s ... | gcloud secrets create team_hf_token --project=shared --data-file=-");
        }
    }

    @Test
    void find_location_readsRegionalSecrets() {
        server.service.add(
                "projects/test-project/locations/europe-west3/secrets/hf_token", ByteString.copyFromUtf8("test-token"));

        try (GoogleSecretProvider provider = builder().location("europe-west3").build()) {
            assertThat(find(provider, "hf_token").value()).isEqualTo("test-token");
            assertThat(provider.remedy("hf_token"))
                    .hasValue("printf %s ... | gcloud secrets create hf_token --project=test-project"
                            + " --location=europe-west3 --data-file=-");
        }
    }

    @Test
    void toString_location_saysItsEndpoint() {
        assertThat(GoogleSecretProvider.builder()
                        .environment(Map.of())
                        .location("europe-west3")
                        .keysOf("own", "shared")
                        .build())
                .hasToString("Secret Manager at secretmanager.europe-west3.rep.googleapis.com, keys of own, shared");
    }

    @Test
    void find_mappingToNoSecretName_failsWithoutAsking() {
        for (String remote : List.of("models/hf_token", "hf_token/versions/1", "projects/x/secrets/a/versions/1")) {
            try (GoogleSecretProvider provider =
                    builder().secretPerName(name -> remote).build()) {
                assertThat(find(provider, "hf_token").problem())
                        .isEqualTo("Secret Manager can have no secret of the name " + remote + ": use letters, digits,"
                                + " dashes and underscores, or projects/<project>/secrets/<name>; give"
                                + " secretPerName(..) a mapping");
            }
        }
        assertThat(server.faults.reads()).isZero();
    }

    @Test
    void find_key_isReadFromTheJsonOfEachSecret() {
        server.add("hf_token", ByteString.copyFromUtf8("{\"token\": \"test-token\"}"));

        try (GoogleSecretProvider provider = builder().key("token").build()) {
            assertThat(find(provider, "hf_token").value()).isEqualTo("test-token");
            assertThat(find(provider, "hf_token").location())
                    .isEqualTo("projects/test-project/secrets/hf_token key token");
            assertThat(provider.remedy("hf_token"))
                    .hasValue("put the key token into the JSON object that is projects/test-project/secrets/hf_token");
        }
    }

    @Test
    void find_noCredentials_saysHowToLogIn() {
        try (GoogleSecretProvider provider = builder()
                .settings(settings -> settings.setCredentialsProvider(() -> {
                    throw new IOException(SENTINEL);
                }))
                .build()) {
            assertThat(find(provider, "hf_token"))
                    .hasToString("failed: no usable login for Secret Manager at " + server.address()
                            + " was found: set GOOGLE_APPLICATION_CREDENTIALS to a readable credentials file, or "
                            + LOGIN);
        }
    }

    @Test
    void find_loginRefused_saysHowToLogIn() {
        try (GoogleSecretProvider provider = builder()
                .settings(settings -> login(settings, new TokenFailure(false, null)))
                .build()) {
            assertThat(find(provider, "hf_token"))
                    .hasToString("failed: the login to Secret Manager at " + server.address() + " failed: " + LOGIN);
        }
    }

    @Test
    void find_tokenServerUnreachable_isNotTakenForSecretManager() {
        Map<IOException, String> obstacles = Map.of(
                new ConnectException("Connection refused"), "connection refused",
                new ConnectException("connection timed out"),
                        "the connection timed out (tried twice; the time limit is 10 s)",
                new UnknownHostException(SENTINEL), "the host is unknown",
                new NoRouteToHostException(SENTINEL), "there is no route to the host");
        obstacles.forEach((cause, words) -> {
            try (GoogleSecretProvider provider = builder()
                    .settings(settings -> login(settings, new TokenFailure(true, cause)))
                    .build()) {
                assertThat(find(provider, "hf_token"))
                        .hasToString("failed: the token server for Secret Manager at " + server.address()
                                + " cannot be reached: " + words);
            }
        });
    }

    @Test
    void find_tokenServerBusyThenFine_isTriedAgain() {
        server.add("hf_token", ByteString.copyFromUtf8("test-token"));

        try (GoogleSecretProvider provider = builder()
                .settings(settings -> login(settings, new TokenFailure(true, null), 2))
                .build()) {
            assertThat(find(provider, "hf_token").isFound()).isTrue();
        }
    }

    @Test
    void find_tokenServerBusy_failsAtTheDeadline() {
        try (GoogleSecretProvider provider = builder()
                .deadline(Duration.ofSeconds(4))
                .settings(settings -> login(settings, new TokenFailure(true, null)))
                .build()) {
            assertThat(find(provider, "hf_token").problem())
                    .matches("the token server for Secret Manager at " + server.address()
                            + " answers UNAVAILABLE \\(tried (once|twice|[0-9]+ times); the time limit is 4 s\\)");
        }
    }

    @Test
    void find_noProject_saysHowToNameIt() {
        try (GoogleSecretProvider provider =
                builder().environment(Map.of("GCLOUD_PROJECT", " ")).build()) {
            assertThat(find(provider, "hf_token"))
                    .hasToString("failed: no project is known for Secret Manager at " + server.address()
                            + ": set GOOGLE_CLOUD_PROJECT, or give project(..)");
            assertThat(provider.remedy("hf_token"))
                    .hasValue("printf %s ... | gcloud secrets create hf_token --data-file=-");
        }
    }

    @Test
    void find_noProjectAndFullNames_isFound() {
        server.add("hf_token", ByteString.copyFromUtf8("test-token"));

        try (GoogleSecretProvider provider = builder()
                .environment(Map.of())
                .secretPerName("projects/test-project/secrets/")
                .build()) {
            assertThat(find(provider, "hf_token").value()).isEqualTo("test-token");
        }
    }

    @Test
    void close_clientOfSomebodyElse_staysOpen() throws Exception {
        server.add("hf_token", ByteString.copyFromUtf8("test-token"));

        try (SecretManagerServiceClient client = SecretManagerServer.client(server.address())) {
            GoogleSecretProvider provider = with(client);
            assertThat(find(provider, "hf_token").value()).isEqualTo("test-token");
            provider.close();
            assertThat(client.isShutdown()).isFalse();
            assertThatThrownBy(() -> find(provider, "hf_token")).hasMessage("gcp: the provider is closed");
        }
    }

    @Test
    void find_clientClosedByItsOwner_saysSo() throws Exception {
        SecretManagerServiceClient client = SecretManagerServer.client(server.address());
        client.close();

        assertThat(find(with(client), "hf_token"))
                .hasToString("failed: the client for Secret Manager at " + server.address() + " is closed");
    }

    @Test
    void find_clientThatSpeaksRest_isFoundOrAbsent() throws Exception {
        try (LoopbackServer rest = LoopbackServer.http(request -> rest(request.uri()));
                SecretManagerServiceClient client =
                        SecretManagerServiceClient.create(SecretManagerServiceSettings.newHttpJsonBuilder()
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .setEndpoint(
                                        "http://localhost:" + rest.address().getPort())
                                .build())) {
            GoogleSecretProvider provider = with(client);
            assertThat(find(provider, "hf_token").value()).isEqualTo("test-token");
            assertThat(find(provider, "other").isFound()).isFalse();
        }
    }

    @Test
    void build_clientWithOptionsOfItsOwn_isRefused() throws Exception {
        try (SecretManagerServiceClient client = SecretManagerServer.client(server.address())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> GoogleSecretProvider.builder()
                            .client(client)
                            .endpoint("localhost:1")
                            .build())
                    .withMessage("a client brings its endpoint and credentials: leave out endpoint(..) and"
                            + " credentials(..), or client(..)");
        }
    }

    private static LoopbackServer.Response rest(URI uri) {
        return uri.getPath().endsWith("/secrets/hf_token/versions/latest:access")
                ? LoopbackServer.Response.json(200, "{\"payload\": {\"data\": \"dGVzdC10b2tlbg==\"}}")
                : LoopbackServer.Response.json(404, "{\"error\": {\"code\": 404, \"status\": \"NOT_FOUND\"}}");
    }

    @Test
    void resolve_asInTheReadme_takesThePinnedVersion() throws Exception {
        server.service.add("projects/my-project/secrets/bert-hf_token", ByteString.copyFromUtf8("test-token"));
        for (int version = 1; version <= 4; version++) {
            server.service.add(
                    "projects/my-project/secrets/bert-license", ByteString.copyFromUtf8("test-license-" + version));
        }

        try (SecretManagerServiceClient client = SecretManagerServer.client(server.address())) {
            Secrets secrets = ReadmeSnippet.resolve(client, SecretDeclarations.of("hf_token", "license"));
            assertThat(secrets.require("hf_token")).isEqualTo("test-token");
            assertThat(secrets.require("license")).isEqualTo("test-license-3");
        }
    }

    @Test
    void toString_clientMadeFromAStub_saysGooglesAddress() throws Exception {
        try (SecretManagerServiceClient client = SecretManagerServer.client(server.address())) {
            SecretManagerServiceStub stub = client.getStub();
            assertThat(with(SecretManagerServiceClient.create(stub)))
                    .hasToString("Secret Manager at secretmanager.googleapis.com, one secret for each name");
        }
    }

    @Test
    void build_namesThatMapToOne_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder()
                        .declarations(SecretDeclarations.of("db.password", "db-password"))
                        .build())
                .withMessageStartingWith(
                        "the names db.password and db-password both map to the remote secret db-password");
    }

    @Test
    void build_bothLayouts_isRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> builder().secretPerName("x-").keysOf("own").build());
    }

    @Test
    void options_malformed_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().project("a/b"))
                .withMessage("the project is malformed: a/b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().location("europe west"))
                .withMessage("the location is malformed: europe west");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().endpoint("https://localhost"))
                .withMessage("the endpoint is malformed: https://localhost");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().version("hf_token", "1/2"))
                .withMessage("the version is malformed: 1/2");
    }

    private GoogleSecretProvider.Builder builder() {
        return GoogleSecretProvider.builder()
                .environment(Map.of("GOOGLE_CLOUD_PROJECT", "test-project"))
                .endpoint(server.address())
                .settings(settings -> {
                    logins.incrementAndGet();
                    SecretManagerServer.plaintext(settings);
                });
    }

    private static GoogleSecretProvider with(SecretManagerServiceClient client) {
        return GoogleSecretProvider.builder()
                .environment(Map.of())
                .project("test-project")
                .client(client)
                .build();
    }

    private static Lookup find(GoogleSecretProvider provider, String name) {
        return provider.find(Set.of(name)).get(name);
    }

    /** Logs in with credentials that have no token, and no need of an encrypted channel. */
    private static void login(SecretManagerServiceSettings.Builder settings, TokenFailure failure) {
        login(settings, failure, Integer.MAX_VALUE);
    }

    /** Logs in with credentials that have a token after some failures. */
    private static void login(SecretManagerServiceSettings.Builder settings, TokenFailure failure, int failures) {
        SecretManagerServer.plaintext(settings);
        LateToken credentials = new LateToken(failure, failures);
        settings.setCredentialsProvider(() -> credentials);
    }

    /** What the login library throws has the same marker. */
    private static final class TokenFailure extends IOException implements com.google.auth.Retryable {

        private static final long serialVersionUID = 1L;

        private final boolean retryable;

        TokenFailure(boolean retryable, Throwable cause) {
            super(SENTINEL, cause);
            this.retryable = retryable;
        }

        @Override
        public boolean isRetryable() {
            return retryable;
        }

        @Override
        public int getRetryCount() {
            return 0;
        }
    }

    private static final class LateToken extends Credentials {

        private static final long serialVersionUID = 1L;

        private final TokenFailure failure;
        private final AtomicInteger failures;

        LateToken(TokenFailure failure, int failures) {
            this.failure = failure;
            this.failures = new AtomicInteger(failures);
        }

        @Override
        public String getAuthenticationType() {
            return "OAuth2";
        }

        @Override
        public Map<String, List<String>> getRequestMetadata(URI uri) throws IOException {
            if (failures.getAndDecrement() > 0) {
                throw failure;
            }
            return Map.of("authorization", List.of("Bearer test-token"));
        }

        @Override
        public boolean hasRequestMetadata() {
            return true;
        }

        @Override
        public boolean hasRequestMetadataOnly() {
            return true;
        }

        @Override
        public void refresh() {}
    }
}
