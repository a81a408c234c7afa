package dev.modelsecrets.vault;

import static dev.modelsecrets.remote.testing.Answers.answer;
import static dev.modelsecrets.remote.testing.Answers.late;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.remote.testing.LoopbackServer.Fault;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import dev.modelsecrets.remote.testing.TestCertificate;
import dev.modelsecrets.testing.FailOnSecretLeak;
import dev.modelsecrets.testing.FixtureSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Vault that misbehaves; no word of its answers may come out. */
@FailOnSecretLeak
class VaultFaultsTest {

    private static final String SENTINEL = "test-sentinel-value";

    private VaultServer server;
    private VaultAdmin admin;

    @BeforeEach
    void start() throws Exception {
        FixtureSecrets.of(Map.of("hf_token", SENTINEL)); // watched for from now on
        server = new VaultServer();
        admin = new VaultAdmin(server.address(), VaultServer.ROOT);
        admin.write("hf_token", Map.of("value", SENTINEL));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Returns a provider that has logged in already. */
    private VaultSecretProvider provider() {
        VaultSecretProvider provider = builder(server.address()).build();
        assertThat(provider.find(Set.of("hf_token")).get("hf_token").value()).isEqualTo(SENTINEL);
        return provider;
    }

    private VaultSecretProvider.Builder builder(String address) {
        return VaultSecretProvider.builder()
                .environment(Map.of("VAULT_TOKEN", VaultServer.ROOT))
                .address(address)
                .secretPerName(admin.path(""));
    }

    private static String failure(VaultSecretProvider provider) {
        try (provider) {
            String problem = answer(provider, Set.of("hf_token")).problem();
            assertThat(problem).doesNotContain(SENTINEL);
            return problem;
        }
    }

    private static Fault instead(int status, String body) {
        return new Fault.Instead(Response.json(status, body));
    }

    @Test
    void find_slow_failsAtTheDeadline() {
        VaultSecretProvider provider =
                builder(server.address()).deadline(Duration.ofMillis(300)).build();
        server.http.always(new Fault.Slow(5_000));
        assertThat(failure(provider)).matches(late("Vault at " + server.address(), "300 ms"));
    }

    @ParameterizedTest
    @CsvSource({"429", "500", "503", "412"})
    void find_busyThenFine_found(int status) {
        try (VaultSecretProvider provider = provider()) {
            server.http.next(instead(status, "{\"errors\":[]}"), instead(status, ""));
            assertThat(provider.find(Set.of("hf_token")).get("hf_token").value())
                    .isEqualTo(SENTINEL);
        }
    }

    @ParameterizedTest
    @CsvSource({"429, limits the rate of requests (429)", "502, answers 502"})
    void find_busyAllTheTime_saysHowOftenItWasTried(int status, String words) {
        VaultSecretProvider provider =
                builder(server.address()).deadline(Duration.ofSeconds(4)).build();
        server.http.always(instead(status, "{\"errors\":[\"" + SENTINEL + "\"]}"));
        assertThat(failure(provider))
                .startsWith("Vault at " + server.address() + " " + words + " (tried ")
                .endsWith("; the time limit is 4 s)");
    }

    @Test
    void find_sealed_failsAtOnce() {
        VaultSecretProvider provider = provider();
        server.sealed = true;
        int before = server.http.requests().size();
        assertThat(failure(provider)).isEqualTo("Vault at " + server.address() + " is sealed: unseal it");
        assertThat(server.http.requests()).hasSize(before + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "473 | {\"errors\":[]} | is a standby (473): give the address of one that answers reads",
                "405 | <html> | gave an answer that is not JSON (405): check the address, and what is in between",
                "400 | Client sent an HTTP request to an HTTPS server. | speaks HTTPS: begin the address with https://",
                "404 | <html>test-sentinel-value</html> | gave an answer that is not JSON (404): check the address, and what is in between",
                "404 | {\"message\":\"test-sentinel-value\"} | answers 404: check the address, and what is in between",
                "403 | <html>test-sentinel-value</html> | gave an answer that is not JSON (403): check the address, and what is in between",
                "200 | {\"data\":{\"data\":{\"value\":\"test-sentinel-value | gave an answer that is not JSON (200): check the address, and what is in between"
            })
    void find_answerOfSomethingElse_isNoAbsence(int status, String body, String words) {
        VaultSecretProvider provider = provider();
        server.http.next(instead(status, body));
        assertThat(failure(provider)).isEqualTo("Vault at " + server.address() + " " + words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"data\":{\"value\":\"test-sentinel-value\"}} | is not a secret of a KV version 2 engine: check mount(..) and engineVersion(..)",
                "{\"data\":\"test-sentinel-value\"} | is not a secret of a KV version 2 engine: check mount(..) and engineVersion(..)"
            })
    void find_noSecretOfThatKind_saysSo(String body, String words) {
        VaultSecretProvider provider = provider();
        server.http.next(instead(200, body));
        assertThat(failure(provider)).isEqualTo("secret/data/" + admin.path("hf_token") + " " + words);
    }

    @Test
    void find_pathOfAnotherEngine_saysWhichOptions() {
        VaultSecretProvider provider = provider();
        server.http.next(instead(405, "{\"errors\":[\"1 error occurred: unsupported operation\"]}"));
        assertThat(failure(provider))
                .isEqualTo("Vault at " + server.address() + " calls the path secret/data/"
                        + admin.path("hf_token")
                        + " invalid (405): check mount(..), engineVersion(..) and namespace(..)");
    }

    @Test
    void find_answerNotUtf8_fails() throws Exception {
        HttpServer raw = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body =
                "{\"data\":{\"metadata\":{},\"data\":{\"value\":\"test-sentinel-value\u00e4\"}}}".getBytes(ISO_8859_1);
        raw.createContext("/", exchange -> {
            try (exchange) {
                boolean lookup = exchange.getRequestURI().getPath().endsWith("lookup-self");
                exchange.sendResponseHeaders(lookup ? 403 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        raw.start();
        try {
            String address = "http://localhost:" + raw.getAddress().getPort();
            assertThat(failure(builder(address).build()))
                    .isEqualTo("Vault at " + address
                            + " gave an answer that is not JSON (403): check the address, and what is in between");
        } finally {
            raw.stop(0);
        }
    }

    @Test
    void find_numbers_asTheServerWroteThem() {
        try (VaultSecretProvider provider = VaultSecretProvider.builder()
                .environment(Map.of("VAULT_TOKEN", VaultServer.ROOT))
                .address(server.address())
                .keysOf("llm")
                .build()) {
            server.http.next(
                    new Fault.Slow(0),
                    instead(
                            200,
                            "{\"data\":{\"metadata\":{},\"data\":{\"a\":1.10,\"b\":12345678901234567890,\"c\":[1e5]}}}"));
            Map<String, Lookup> answers = provider.find(Set.of("a", "b", "c"));
            assertThat(answers.get("a").value()).isEqualTo("1.10");
            assertThat(answers.get("b").value()).isEqualTo("12345678901234567890");
            assertThat(answers.get("c").value()).isEqualTo("[1e5]");
        }
    }

    @Test
    void find_answerCutOff_saysSo() {
        VaultSecretProvider provider = provider();
        server.http.next(new Fault.CutOff(), new Fault.CutOff());
        assertThat(failure(provider))
                .isEqualTo(
                        "Vault at " + server.address()
                                + " broke off the connection before its answer was complete (tried twice; the time limit is 10 s)");
    }

    @Test
    void find_nobodyListens_saysSo() throws Exception {
        String address;
        try (ServerSocket socket = new ServerSocket(0)) {
            address = "http://localhost:" + socket.getLocalPort();
        }
        assertThat(failure(builder(address).build()))
                .isEqualTo("Vault at " + address + " cannot be reached: connection refused");
    }

    @Test
    void find_https_trustsOnlyWhatItIsTold(@TempDir Path directory) throws Exception {
        SSLContext context = TestCertificate.context(directory);
        Path pem = Files.writeString(directory.resolve("ca.pem"), pem(directory.resolve("loopback.p12")));
        try (VaultServer tls = new VaultServer(context)) {
            assertThat(failure(builder(tls.address()).build()))
                    .isEqualTo("Vault at " + tls.address()
                            + " cannot be reached: its certificate is not trusted, or is for another host;"
                            + " give its CA with caCertificates(..) or VAULT_CACERT");
            try (VaultSecretProvider trusting = VaultSecretProvider.builder()
                    .environment(Map.of(
                            "VAULT_ADDR", tls.address(),
                            "VAULT_TOKEN", VaultServer.ROOT,
                            "VAULT_CACERT", pem.toString()))
                    .build()) {
                assertThat(trusting.find(Set.of("hf_token")).get("hf_token").isFound())
                        .isFalse();
            }
        }
    }

    @Test
    void find_httpsWhereThereIsNone_saysSo() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread plain = new Thread(() -> {
                while (!socket.isClosed()) {
                    try (Socket connection = socket.accept()) {
                        connection.getOutputStream().write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                        connection.getInputStream().readAllBytes();
                    } catch (IOException e) {
                        // The test sees what comes of it, and closes the socket at the end.
                    }
                }
            });
            plain.start();
            String address = "https://localhost:" + socket.getLocalPort();
            assertThat(failure(builder(address).build()))
                    .isEqualTo("Vault at " + address + " cannot be reached: no TLS connection could be agreed on;"
                            + " does it speak HTTPS?");
        }
    }

    @Test
    void find_redirect_sendsNoTokenToAnotherHost() throws Exception {
        try (VaultServer other = new VaultServer()) {
            VaultSecretProvider provider = provider();
            String active = other.address() + "/v1/secret/data/" + admin.path("hf_token");
            server.http.next(new Fault.Instead(new Response(307, Map.of("Location", active), "")));
            assertThat(failure(provider))
                    .isEqualTo("Vault at " + server.address() + " sends this client to " + other.address()
                            + ", and a token is sent to the configured address only: give that address, or let the"
                            + " standby forward requests");
            assertThat(other.http.requests()).isEmpty();
        }
    }

    @Test
    void find_answerCutOffOnce_isReadOnceMore() {
        try (VaultSecretProvider provider = provider()) {
            server.http.next(new Fault.CutOff());
            assertThat(answer(provider, Set.of("hf_token")).value()).isEqualTo(SENTINEL);
        }
    }

    @Test
    void find_retryAfterBeyondTheDeadline_doesNotAskAgain() {
        VaultSecretProvider provider = provider();
        int before = server.http.requests().size();
        server.http.next(new Fault.Instead(new Response(429, Map.of("Retry-After", "60"), "{\"errors\":[]}")));
        assertThat(failure(provider))
                .isEqualTo("Vault at " + server.address()
                        + " limits the rate of requests (429) (tried once; the time limit is 10 s)");
        assertThat(server.http.requests()).hasSize(before + 1);
    }

    @Test
    void find_version1AskedAs2_saysWhichOption() throws Exception {
        admin.make("sys/mounts/kv1", "{\"type\":\"kv\",\"options\":{\"version\":\"1\"}}");
        admin.call("POST", "kv1/hf_token", "{\"value\":\"" + SENTINEL + "\"}");
        VaultSecretProvider provider = VaultSecretProvider.builder()
                .environment(Map.of("VAULT_TOKEN", VaultServer.ROOT))
                .address(server.address())
                .mount("kv1")
                .build();
        assertThat(failure(provider))
                .isEqualTo("Vault at " + server.address() + " has a KV version 1 engine at kv1: use engineVersion(1)");
    }

    private static String pem(Path keyStore) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, "test-password".toCharArray());
        }
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(store.getCertificate("loopback").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    @Test
    void find_badCertificates_saysWhichFile(@TempDir Path directory) throws Exception {
        Path pem = Files.writeString(directory.resolve("ca.pem"), SENTINEL);
        assertThat(failure(builder(server.address()).caCertificates(pem).build()))
                .isEqualTo("the CA certificates in " + pem
                        + " cannot be read: it must be a file of certificates in PEM form");
    }

    @Test
    void find_closed_fails() {
        VaultSecretProvider provider = provider();
        provider.close();
        assertThatThrownBy(() -> provider.find(Set.of("hf_token"))).hasMessage("vault: the provider is closed");
    }

    @Test
    void resolve_earlierProviderHasAll_contactsNothing() {
        int before = server.http.requests().size();
        try (VaultSecretProvider vault = builder(server.address()).build()) {
            SecretProvider first = SecretProvider.of("first", Map.of("hf_token", SENTINEL));
            SecretsResolver.of(first, vault).resolve("hf_token");
        }
        assertThat(server.http.requests()).hasSize(before);
    }

    @Test
    void cached_askedTwice_readsOnce() {
        try (VaultSecretProvider vault = builder(server.address()).build()) {
            SecretProvider cached = SecretProvider.cached(vault, Duration.ofMinutes(5));
            cached.find(Set.of("hf_token", "absent"));
            long before = server.requests("");
            cached.find(Set.of("hf_token", "absent"));
            assertThat(server.requests("")).isEqualTo(before);
        }
    }
}
