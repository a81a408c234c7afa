package dev.modelsecrets.vault;

import static dev.modelsecrets.remote.testing.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.remote.testing.LoopbackServer.Fault;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import dev.modelsecrets.testing.FailOnSecretLeak;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vault's dynamic engines, with a clock that moves when it is told to. */
@FailOnSecretLeak
class VaultLeaseTest {

    private static final Set<String> PAIR = Set.of("username", "password");
    private static final String READER = "database/creds/reader";

    private VaultServer server;
    private LeaseEngine engine;

    @BeforeEach
    void start() throws Exception {
        server = new VaultServer();
        engine = server.leases;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private VaultSecretProvider.Builder builder() {
        return VaultSecretProvider.builder()
                .environment(Map.of("VAULT_ADDR", server.address()))
                .nanoTime(server.nanos::get)
                .leases();
    }

    private VaultSecretProvider reader() {
        return builder().token(VaultServer.ROOT).keysOf(READER).build();
    }

    private static String user(VaultSecretProvider provider) {
        Map<String, Lookup> answers = provider.find(PAIR);
        String user = answers.get("username").value();
        assertThat(answers.get("password").value()).isEqualTo(user.replace("user", "pass"));
        return user;
    }

    private static Duration left(VaultSecretProvider provider) {
        return Duration.between(
                Instant.now(), provider.find(PAIR).get("password").expiresAt().orElseThrow());
    }

    @Test
    void find_userAndPassword_areOfOneLeaseAndSayWhenTheyEnd() {
        try (VaultSecretProvider provider = reader()) {
            assertThat(user(provider)).isEqualTo("test-user-1");
            assertThat(provider.find(PAIR).get("username").location()).isEqualTo(READER + " key username");
            assertThat(left(provider)).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(61));
        }
        assertThat(engine.made).hasValue(1);
    }

    @Test
    void find_manyThreads_makeOneLease() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (VaultSecretProvider provider = reader()) {
            List<Future<String>> users = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                users.add(threads.submit(() -> user(provider)));
            }
            for (Future<String> user : users) {
                assertThat(user.get()).isEqualTo("test-user-1");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void find_atTwoThirds_renewsAndKeepsTheCredentials() {
        try (VaultSecretProvider provider = reader()) {
            user(provider);
            server.pass(2_399);
            user(provider);
            assertThat(engine.renewed).hasValue(0);
            server.pass(2);
            assertThat(user(provider)).isEqualTo("test-user-1");
            assertThat(left(provider)).isGreaterThan(Duration.ofMinutes(50));
        }
        assertThat(engine.renewed).hasValue(1);
    }

    @Test
    void find_nearTheMaximum_makesAnotherBeforeTheEnd() {
        engine.maximum = 4_000;
        try (VaultSecretProvider provider = reader()) {
            user(provider);
            server.pass(2_401);
            assertThat(user(provider)).isEqualTo("test-user-2");
        }
    }

    @Test
    void find_notRenewable_makesAnotherAtTwoThirds() {
        engine.renewable = false;
        try (VaultSecretProvider provider = reader()) {
            user(provider);
            server.pass(2_401);
            assertThat(user(provider)).isEqualTo("test-user-2");
        }
        assertThat(engine.renewed).hasValue(0);
    }

    @Test
    void find_vaultIsDownAtTwoThirds_goesOnUntilTheEnd() {
        engine.renewable = false;
        try (VaultSecretProvider provider =
                builder().token(VaultServer.ROOT).keysOf(READER).build()) {
            user(provider);
            server.pass(2_401);
            server.http.always(new Fault.Instead(Response.json(503, "{\"errors\":[]}")));
            assertThat(user(provider)).isEqualTo("test-user-1");
            assertThat(left(provider)).isLessThan(Duration.ofMinutes(20));
        }
    }

    @Test
    void find_revokedLease_isReplacedWhenItIsDue() {
        try (VaultSecretProvider provider = reader()) {
            user(provider);
            engine.revoke(READER + "/1");
            server.pass(2_401);
            assertThat(user(provider)).isEqualTo("test-user-2");
        }
    }

    @Test
    void find_tokenThatEndsSooner_isTheEndOfTheLease() {
        String token = server.token("root", 600, true);
        try (VaultSecretProvider provider =
                builder().token(token).keysOf(READER).build()) {
            assertThat(left(provider)).isLessThan(Duration.ofMinutes(11));
            server.pass(401);
            assertThat(left(provider)).isGreaterThan(Duration.ofMinutes(50));
            assertThat(user(provider)).isEqualTo("test-user-1");
        }
    }

    @Test
    void find_anotherToken_makesAnotherLease() {
        server.lease = 60;
        server.renewable = false;
        try (VaultSecretProvider provider =
                builder().appRole("test-role", "test-secret-id").keysOf(READER).build()) {
            assertThat(user(provider)).isEqualTo("test-user-1");
            server.pass(41);
            assertThat(user(provider)).isEqualTo("test-user-2");
        }
    }

    @Test
    void find_staticRole_expiresWithItsRotation() {
        try (VaultSecretProvider provider = builder()
                .token(VaultServer.ROOT)
                .secretPerName(name -> "database/static-creds/" + name)
                .key("password")
                .build()) {
            Lookup found = answer(provider, Set.of("app"));
            assertThat(found.value()).isEqualTo("test-static");
            assertThat(found.expiresAt().orElseThrow())
                    .isBetween(Instant.now().plusSeconds(240), Instant.now().plusSeconds(301));
        }
    }

    @Test
    void find_noAnswer_isNotTriedAgainAsALeaseMayHaveBeenMade() {
        try (VaultSecretProvider provider = reader()) {
            server.http.next(new Fault.Slow(0), new Fault.CutOff());
            assertThat(answer(provider, PAIR).problem())
                    .isEqualTo("Vault at " + server.address()
                            + " broke off the connection before its answer was complete");
        }
        assertThat(engine.made).hasValue(1);
    }

    @Test
    void find_unknownRoleOrEngine_saysWhatToCheck() {
        try (VaultSecretProvider role = builder()
                        .token(VaultServer.ROOT)
                        .keysOf("database/creds/none")
                        .build();
                VaultSecretProvider mount = builder()
                        .token(VaultServer.ROOT)
                        .keysOf("nothing/creds/x")
                        .build()) {
            assertThat(answer(role, PAIR).problem())
                    .isEqualTo("Vault at " + server.address() + " makes no credentials at database/creds/none (400):"
                            + " check the role's name, and the engine's connection");
            assertThat(answer(mount, PAIR).problem())
                    .isEqualTo("Vault at " + server.address() + " has no engine mounted for nothing/creds/x");
        }
    }

    @Test
    void expire_nextFind_makesAnother() {
        try (VaultSecretProvider provider = reader()) {
            user(provider);
            provider.expire();
            assertThat(user(provider)).isEqualTo("test-user-2");
        }
    }

    @Test
    void close_revokesOnlyIfToldTo() {
        try (VaultSecretProvider provider = reader()) {
            user(provider);
        }
        assertThat(engine.revoked).isEmpty();
        try (VaultSecretProvider provider =
                builder().token(VaultServer.ROOT).keysOf(READER).revokeOnClose().build()) {
            user(provider);
        }
        assertThat(engine.revoked).containsExactly(READER + "/2");
    }

    @Test
    void build_optionsOfKv_areRefused() {
        assertThatThrownBy(() ->
                        builder().token(VaultServer.ROOT).mount("database").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("leases() takes whole paths, such as database/creds/reader: leave out mount(..),"
                        + " engineVersion(..) and version(..)");
        assertThatThrownBy(() -> VaultSecretProvider.builder()
                        .environment(Map.of("VAULT_ADDR", server.address(), "VAULT_TOKEN", VaultServer.ROOT))
                        .revokeOnClose()
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("revokeOnClose() is for leases()");
    }
}
