package dev.modelsecrets.vault;

import static dev.modelsecrets.remote.testing.Answers.answer;
import static dev.modelsecrets.remote.testing.Answers.late;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.remote.testing.LoopbackServer.Fault;
import dev.modelsecrets.remote.testing.LoopbackServer.Request;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import dev.modelsecrets.testing.FailOnSecretLeak;
import io.github.jopenlibs.vault.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in for a token, keeping it and replacing it; the clock is the server's. */
@FailOnSecretLeak
class VaultLoginTest {

    private static final String LOGIN = "auth/approle/login";
    private static final String RENEW = "auth/token/renew-self";
    private static final String LOOKUP = "auth/token/lookup-self";
    private static final Set<String> NAME = Set.of("hf_token");

    @TempDir
    private Path directory;

    private VaultServer server;
    private VaultAdmin admin;

    @BeforeEach
    void start() throws Exception {
        server = new VaultServer();
        admin = new VaultAdmin(server.address(), VaultServer.ROOT);
        admin.write("hf_token", Map.of("value", "test-value"));
        admin.policy("");
        server.loginPolicy = admin.id;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private VaultSecretProvider.Builder builder() {
        return VaultSecretProvider.builder()
                .environment(Map.of())
                .address(server.address())
                .nanoTime(server.nanos::get)
                .secretPerName(admin.path(""));
    }

    private VaultSecretProvider appRole() {
        return builder().appRole("test-role", "test-secret-id").build();
    }

    private static void assertFound(VaultSecretProvider provider) {
        assertThat(provider.find(NAME).get("hf_token").value()).isEqualTo("test-value");
    }

    @Test
    void environment_addressTokenNamespace_areTheDefaults() {
        try (VaultSecretProvider provider = VaultSecretProvider.builder()
                .environment(Map.of(
                        "VAULT_ADDR",
                        server.address() + "/",
                        "VAULT_TOKEN",
                        VaultServer.ROOT,
                        "VAULT_NAMESPACE",
                        "team-a"))
                .secretPerName(admin.path(""))
                .build()) {
            assertFound(provider);
            assertThat(provider)
                    .hasToString("Vault at " + server.address() + " (namespace team-a), one secret for each name");
        }
        List<Request> requests = server.http.requests();
        assertThat(requests.get(requests.size() - 1).header("X-Vault-Namespace"))
                .isEqualTo("team-a");
    }

    @Test
    void namespace_ofLogin_isSentToo() {
        try (VaultSecretProvider provider = builder()
                .namespace("team-a")
                .appRole("test-role", "test-secret-id")
                .build()) {
            assertFound(provider);
        }
        assertThat(server.http.requests().stream()
                        .filter(request -> request.uri().getPath().endsWith("/login"))
                        .map(request -> request.header("X-Vault-Namespace")))
                .containsExactly("team-a");
    }

    @Test
    void token_renewable_isRenewedAfterTwoThirds() {
        String token = server.token(admin.id, 60, true);
        try (VaultSecretProvider provider = builder().token(token).build()) {
            assertFound(provider);
            server.pass(39);
            assertFound(provider);
            assertThat(server.requests(RENEW)).isZero();
            server.pass(2);
            assertFound(provider);
            assertFound(provider);
            assertThat(server.requests(RENEW)).isEqualTo(1);
            server.pass(3000);
            assertFound(provider);
        }
        assertThat(server.requests(LOOKUP)).isEqualTo(1);
    }

    @Test
    void token_mayNotLookItselfUp_isUsedAllTheSame() throws Exception {
        String policy = "{\"path\":{\"secret/data/*\":{\"capabilities\":[\"read\"]}}}";
        admin.call(
                "POST",
                "sys/policies/acl/no-default",
                Json.object().add("policy", policy).toString());
        String token = server.token("no-default", 60, true);
        try (VaultSecretProvider provider = builder().token(token).build()) {
            assertFound(provider);
        }
        assertThat(server.requests(RENEW)).isZero();
    }

    @Test
    void token_expired_isNoDeniedAccess() {
        String token = server.token(admin.id, 60, false);
        try (VaultSecretProvider provider = builder().token(token).build()) {
            assertFound(provider);
            server.pass(61);
            assertThat(answer(provider, NAME))
                    .hasToString("failed: Vault at " + server.address() + " rejected the token:"
                            + " it has expired, was revoked, or belongs to another Vault; give a new one");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void appRole_tokenForAFewRequests_readsAllThatIsGranted(int uses) throws Exception {
        server.uses = uses;
        server.saysInvalidToken = false;
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < 20; i++) {
            names.add("name_" + i);
            admin.write("name_" + i, Map.of("value", "test-value-" + i));
        }
        try (VaultSecretProvider provider = appRole()) {
            assertThat(provider.find(names).values()).allMatch(Lookup::isFound);
            admin.policy("hf_token");
            server.loginPolicy = admin.id;
            assertThat(answer(appRole(), NAME)).matches(Lookup::isDenied);
        }
    }

    @Test
    void appRole_renewable_isRenewedAndNotLoggedInAgain() {
        server.lease = 60;
        try (VaultSecretProvider provider = appRole()) {
            for (int i = 0; i < 5; i++) {
                assertFound(provider);
                server.pass(41);
            }
        }
        assertThat(server.requests(LOGIN)).isEqualTo(1);
        assertThat(server.requests(RENEW)).isEqualTo(4);
    }

    @Test
    void appRole_notRenewable_logsInAgainAfterTwoThirds() {
        server.lease = 60;
        server.renewable = false;
        try (VaultSecretProvider provider = appRole()) {
            assertFound(provider);
            server.pass(41);
            assertFound(provider);
        }
        assertThat(server.requests(LOGIN)).isEqualTo(2);
        assertThat(server.requests(RENEW)).isZero();
    }

    @Test
    void appRole_renewedForLessAndLess_logsInAgain() {
        server.lease = 60;
        try (VaultSecretProvider provider = appRole()) {
            assertFound(provider);
            server.pass(41);
            server.lease = 10; // the end of its days is near
            assertFound(provider);
        }
        assertThat(server.requests(LOGIN)).isEqualTo(2);
    }

    @Test
    void appRole_loginFailsWhileTokenLives_goesOnWithIt() {
        server.lease = 60;
        server.renewable = false;
        try (VaultSecretProvider provider = appRole()) {
            assertFound(provider);
            server.pass(41);
            server.http.next(new Fault.Instead(Response.json(400, "{\"errors\":[\"invalid role or secret ID\"]}")));
            assertFound(provider);
            assertFound(provider);
            assertThat(server.requests(LOGIN)).isEqualTo(2);
            server.pass(10);
            assertFound(provider);
            assertThat(server.requests(LOGIN)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void appRole_tokenRevokedInMidLife_oneNewLoginForAllThreads(boolean newVault) throws Exception {
        server.saysInvalidToken = newVault;
        try (VaultSecretProvider provider = appRole()) {
            findTogether(provider);
            assertThat(server.requests(LOGIN)).isEqualTo(1);
            server.revokeAll();
            findTogether(provider);
            assertThat(server.requests(LOGIN)).isEqualTo(2);
        }
    }

    private static void findTogether(VaultSecretProvider provider) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CountDownLatch ready = new CountDownLatch(8);
            List<Future<?>> finds = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                finds.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    assertFound(provider);
                    return null;
                }));
            }
            for (Future<?> find : finds) {
                find.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void appRole_deniedName_logsInNotAgain() throws Exception {
        admin.policy("hf_token");
        try (VaultSecretProvider provider = appRole()) {
            assertThat(answer(provider, NAME)).matches(Lookup::isDenied);
            assertThat(answer(provider, NAME)).matches(Lookup::isDenied);
        }
        assertThat(server.requests(LOGIN)).isEqualTo(1);
    }

    @Test
    void appRole_deniedNameAndNoDefaultPolicy_isDeniedAfterOneNewLogin() {
        server.loginPolicy = "no-default";
        try (VaultSecretProvider provider = appRole()) {
            assertThat(answer(provider, NAME)).matches(Lookup::isDenied);
        }
        assertThat(server.requests(LOGIN)).isEqualTo(2);
    }

    @Test
    void appRole_wrongSecretId_isTriedOnceForManyNames() {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < 40; i++) {
            names.add("name_" + i);
        }
        try (VaultSecretProvider provider =
                builder().appRole("test-role", "test-wrong-id").build()) {
            assertThat(answer(provider, names))
                    .hasToString(
                            "failed: Vault at " + server.address()
                                    + " rejected the login by AppRole at auth/approle: check the role id and the secret id (400)");
        }
        assertThat(server.requests(LOGIN)).isEqualTo(1);
    }

    @Test
    void appRole_busyThenFine_found() {
        server.http.next(
                new Fault.Instead(Response.json(429, "")), new Fault.Instead(Response.json(503, "{\"errors\":[]}")));
        try (VaultSecretProvider provider = appRole()) {
            assertFound(provider);
        }
        assertThat(server.requests(LOGIN)).isEqualTo(3);
    }

    @Test
    void appRole_slow_countsTowardsTheDeadline() {
        server.http.always(new Fault.Slow(5_000));
        try (VaultSecretProvider provider = builder()
                .appRole("test-role", "test-secret-id")
                .deadline(Duration.ofMillis(300))
                .build()) {
            assertThat(answer(provider, NAME).problem()).matches(late("Vault at " + server.address(), "300 ms"));
            server.http.always(null);
            assertFound(provider);
        }
    }

    @Test
    void appRole_answerIsNotVaults_saysSo() {
        server.http.next(new Fault.Instead(new Response(200, Map.of("Content-Type", "text/html"), "<html>")));
        try (VaultSecretProvider provider = appRole()) {
            assertThat(answer(provider, NAME))
                    .hasToString("failed: Vault at " + server.address()
                            + " gave an answer that is not JSON (200): check the address, and what is in between");
        }
    }

    @Test
    void tokenFile_changed_isReadAgain() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), server.token(admin.id, 0, false) + "\n");
        try (VaultSecretProvider provider = builder().tokenFile(file).build()) {
            assertFound(provider);
            server.revokeAll();
            assertThat(answer(provider, NAME))
                    .hasToString("failed: Vault at " + server.address() + " rejected the token in " + file
                            + ": it has expired, was revoked, or belongs to another Vault; put a new one there");
            Files.writeString(file, server.token(admin.id, 0, false));
            assertFound(provider);
        }
        assertThat(server.requests(RENEW)).isZero();
    }

    @Test
    void tokenFile_noToken_isNotBlamedOnVault() throws Exception {
        Path file = directory.resolve("token");
        int before = server.http.requests().size();
        try (VaultSecretProvider provider = builder().tokenFile(file).build()) {
            Files.writeString(file, "\uFEFFtest-token");
            assertThat(answer(provider, NAME).problem())
                    .isEqualTo(
                            "the token file " + file + " begins with a byte order mark: save it as UTF-8 without one");
            Files.writeString(file, "test-token\ntest-token-2\n");
            assertThat(answer(provider, NAME).problem())
                    .isEqualTo("the token file " + file
                            + " has more than one line: it must hold the token and nothing else");
            Files.writeString(file, "test token");
            assertThat(answer(provider, NAME).problem())
                    .isEqualTo("the token file " + file
                            + " holds a character that no token has: it must be printable ASCII without spaces");
        }
        assertThat(server.http.requests()).hasSize(before);
    }

    @Test
    void tokenFile_missingOrBlank_saysSo() throws Exception {
        Path file = directory.resolve("token");
        try (VaultSecretProvider provider = builder().tokenFile(file).build()) {
            assertThat(answer(provider, NAME)).hasToString("failed: the token file " + file + " does not exist");
            Files.writeString(file, "\n");
            assertThat(answer(provider, NAME)).hasToString("failed: the token file " + file + " is blank");
            Files.writeString(file, server.token(admin.id, 0, false));
            assertFound(provider);
        }
    }

    @Test
    void kubernetes_tokenOfServiceAccount_isReadAtEachLogin() throws Exception {
        Path jwt = Files.writeString(directory.resolve("jwt"), "test-jwt-1\n");
        try (VaultSecretProvider provider = builder().kubernetes("models", jwt).build()) {
            assertFound(provider);
            server.revokeAll();
            Files.writeString(jwt, "test-jwt-2\n");
            assertFound(provider);
        }
        assertThat(server.http.requests().stream()
                        .filter(request -> request.uri().getPath().equals("/v1/auth/kubernetes/login"))
                        .map(Request::body))
                .containsExactly(
                        "{\"jwt\":\"test-jwt-1\",\"role\":\"models\"}", "{\"jwt\":\"test-jwt-2\",\"role\":\"models\"}");
    }

    @Test
    void kubernetes_refused_saysWhatToCheck() throws Exception {
        Path jwt = Files.writeString(directory.resolve("jwt"), "another");
        try (VaultSecretProvider provider = builder().kubernetes("models", jwt).build()) {
            assertThat(answer(provider, NAME))
                    .hasToString("failed: Vault at " + server.address()
                            + " rejected the login by Kubernetes at auth/kubernetes: check the role models,"
                            + " and the service account and namespace that it is bound to (403)");
        }
    }
}
