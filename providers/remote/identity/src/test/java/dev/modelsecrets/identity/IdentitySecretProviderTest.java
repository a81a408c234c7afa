package dev.modelsecrets.identity;

import static dev.modelsecrets.remote.testing.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.remote.testing.LoopbackServer;
import dev.modelsecrets.remote.testing.LoopbackServer.Request;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import dev.modelsecrets.remote.testing.TestCertificate;
import dev.modelsecrets.testing.FailOnSecretLeak;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token endpoint on loopback, by HTTPS. */
@FailOnSecretLeak
class IdentitySecretProviderTest {

    private static final Set<String> NAME = Set.of("model_token");
    private static final String GRANTED = "{\"access_token\": \"test-credential\", \"expires_in\": 3600}";

    @TempDir
    private Path directory;

    private SSLContext context;
    private LoopbackServer server;
    private Path tokenFile;
    private volatile Response response = Response.json(200, GRANTED);

    @BeforeEach
    void start() throws Exception {
        context = TestCertificate.context(directory);
        server = LoopbackServer.https(context, request -> response);
        tokenFile = Files.writeString(directory.resolve("oidc"), "test-oidc-1\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private IdentitySecretProvider.Builder builder() {
        return IdentitySecretProvider.builder("model_token", URI.create(server.address() + "/oauth/token"))
                .environment(Map.of())
                .trust(context)
                .tokenFile(tokenFile);
    }

    private String endpoint() {
        return "the token endpoint " + server.address() + "/oauth/token";
    }

    @Test
    void find_tokenExchange_givesACredentialWithItsEnd() {
        try (IdentitySecretProvider provider =
                builder().parameter("audience", "https://api").build()) {
            Lookup found = answer(provider, NAME);
            assertThat(found.value()).isEqualTo("test-credential");
            assertThat(found.location()).isEqualTo(endpoint() + " key access_token");
            assertThat(Duration.between(Instant.now(), found.expiresAt().orElseThrow()))
                    .isBetween(Duration.ofMinutes(50), Duration.ofMinutes(61));
        }
        Request request = server.requests().get(0);
        assertThat(request.body().split("&"))
                .containsExactlyInAnyOrder(
                        "audience=https%3A%2F%2Fapi",
                        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange",
                        "subject_token=test-oidc-1",
                        "subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt");
    }

    @Test
    void find_jwtBearer_sendsAnAssertion() {
        try (IdentitySecretProvider provider = builder().jwtBearer().build()) {
            assertThat(answer(provider, NAME).isFound()).isTrue();
        }
        assertThat(server.requests().get(0).body().split("&"))
                .containsExactlyInAnyOrder(
                        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer", "assertion=test-oidc-1");
    }

    @Test
    void find_again_keepsTheCredentialUntilItIsTold() throws Exception {
        try (IdentitySecretProvider provider = builder().build()) {
            answer(provider, NAME);
            answer(provider, NAME);
            assertThat(server.requests()).hasSize(1);
            Files.writeString(tokenFile, "test-oidc-2");
            provider.expire();
            answer(provider, NAME);
        }
        assertThat(server.requests().get(1).body()).contains("subject_token=test-oidc-2");
    }

    @Test
    void find_noLifetime_isTradedEachTime() {
        response = Response.json(200, "{\"access_token\": \"test-credential\"}");
        try (IdentitySecretProvider provider = builder().build()) {
            assertThat(answer(provider, NAME).expiresAt()).isEmpty();
            answer(provider, NAME);
        }
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void find_otherName_isAbsentUnasked() {
        try (IdentitySecretProvider provider = builder().build()) {
            assertThat(answer(provider, Set.of("other")).reason()).isEqualTo(endpoint() + " gives model_token only");
        }
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"400,invalid_grant,' (invalid_grant)'", "401,test-oidc-1,''", "403,access_denied,' (access_denied)'"})
    void find_rejected_isDeniedWithoutTheToken(int status, String code, String shown) {
        response =
                Response.json(status, "{\"error\": \"" + code + "\", \"error_description\": \"not with test-oidc-1\"}");
        try (IdentitySecretProvider provider = builder().build()) {
            assertThat(answer(provider, NAME))
                    .hasToString("denied: " + endpoint() + " rejected the identity token in " + tokenFile + shown
                            + ": check its audience, and which issuer and subject are trusted there");
        }
    }

    @Test
    void find_redirect_isNotFollowed() throws Exception {
        try (LoopbackServer other = LoopbackServer.https(context, request -> Response.json(200, GRANTED));
                IdentitySecretProvider provider = builder().build()) {
            response = new Response(307, Map.of("Location", other.address().toString()), "");
            assertThat(answer(provider, NAME).problem())
                    .isEqualTo(endpoint()
                            + " answers 307, a redirect, which is never followed with a token: give its target");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void find_noTokenFile_saysSoAndSendsNothing() throws Exception {
        Files.delete(tokenFile);
        try (IdentitySecretProvider provider = builder().build()) {
            assertThat(answer(provider, NAME).problem())
                    .isEqualTo("the identity token " + tokenFile + " does not exist");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void find_answerWithoutCredential_isAbsentThere() {
        response = Response.json(200, "{\"token\": \"test-credential\"}");
        try (IdentitySecretProvider provider = builder().build()) {
            assertThat(answer(provider, NAME).reason()).startsWith(endpoint() + " has no key access_token");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://auth.example.com/token", "auth.example.com", "https://user:x@auth.example.com/"})
    void builder_addressThatIsNotHttps_isRefused(String address) {
        assertThatThrownBy(() -> IdentitySecretProvider.builder("model_token", URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the token endpoint must be https, such as https://auth.example.com/oauth/token");
    }

    @Test
    void build_noTokenFile_isRefused() {
        assertThatThrownBy(() -> IdentitySecretProvider.builder("model_token", URI.create("https://auth.example.com/"))
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("which token? Call tokenFile(..) with the file that the platform writes");
    }
}
