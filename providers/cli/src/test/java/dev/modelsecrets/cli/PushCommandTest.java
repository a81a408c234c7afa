package dev.modelsecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.modelsecrets.cli.Shell.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushCommandTest {

    private static final String SENTINEL = "sentinel-value-7f3a";
    private static final String TOKEN = "test-token";

    @TempDir
    private Path directory;

    /** What the double of a platform has: the last body of each path. */
    private final Map<String, JsonNode> stored = new ConcurrentHashMap<>();

    private HttpServer server;
    private volatile int refusal;

    @BeforeEach
    void startServer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/secret/data/", this::vault);
        server.createContext("/v1/secrets", this::baseten);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private void vault(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
            answer(exchange, 403, "{\"errors\":[\"" + SENTINEL + "\"]}");
        } else if (exchange.getRequestMethod().equals("POST") && refusal > 0) {
            answer(exchange, refusal, "{\"errors\":[\"" + SENTINEL + "\"]}");
        } else if (exchange.getRequestMethod().equals("POST")) {
            stored.put(path, new ObjectMapper().readTree(body));
            answer(exchange, 200, "{}");
        } else if (stored.containsKey(path)) {
            String data = stored.get(path).get("data").toString();
            answer(exchange, 200, "{\"data\":{\"data\":" + data + ",\"metadata\":{\"version\":4}}}");
        } else {
            answer(exchange, 404, "{\"errors\":[]}");
        }
    }

    private void baseten(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("POST")) {
            JsonNode secret = new ObjectMapper().readTree(body);
            stored.put(secret.get("name").asText(), secret);
            answer(
                    exchange,
                    200,
                    "{\"name\":\"" + secret.get("name").asText() + "\",\"created_at\":\"2026-01-02T03:04:05Z\"}");
        } else {
            answer(exchange, 200, "{\"secrets\":[]}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Result run(String command, String to, String... further) {
        String[] arguments = new String[further.length + 7];
        arguments[0] = command;
        arguments[1] = "--to";
        arguments[2] = to;
        arguments[3] = "--endpoint";
        arguments[4] = "http://127.0.0.1:" + server.getAddress().getPort();
        arguments[5] = "--names";
        arguments[6] = "one,two";
        System.arraycopy(further, 0, arguments, 7, further.length);
        Result result = new Shell(directory)
                .variable("VAULT_TOKEN", TOKEN)
                .variable("BASETEN_API_KEY", TOKEN)
                .variable("TRUSS_SECRET_one", SENTINEL)
                .variable("TRUSS_SECRET_two", SENTINEL + "-2")
                .run(arguments);
        assertThat(result.all()).doesNotContain(SENTINEL);
        return result;
    }

    @Test
    void vault_diffAndPush_writeWhatIsMissing() {
        Result diff = run("diff", "vault");
        assertThat(diff.code()).as(diff.all()).isEqualTo(ExitCode.MISSING);
        assertThat(diff.out()).contains("one  create", "two  create");
        assertThat(stored).isEmpty();

        Result push = run("push", "vault");
        assertThat(push.code()).as(push.all()).isZero();
        assertThat(push.out()).contains("one  written", "two  written");
        assertThat(stored.get("/v1/secret/data/one").at("/data/value").asText()).isEqualTo(SENTINEL);
        assertThat(stored.get("/v1/secret/data/one").at("/options/cas").asInt()).isZero();

        Result again = run("diff", "vault", "--json");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("\"result\" : \"write\"", "the same value");
    }

    @Test
    void vault_keepsOtherKeysAndNamesTheVersion() throws Exception {
        stored.put("/v1/secret/data/app", new ObjectMapper().readTree("{\"data\":{\"other\":\"kept\",\"number\":1}}"));

        assertThat(run("push", "vault", "--as", "app").code()).isZero();

        JsonNode written = stored.get("/v1/secret/data/app");
        assertThat(written.at("/options/cas").asInt()).isEqualTo(4);
        assertThat(written.at("/data").toString())
                .isEqualTo("{\"other\":\"kept\",\"number\":1,\"one\":\"" + SENTINEL + "\",\"two\":\"" + SENTINEL
                        + "-2\"}");
    }

    @Test
    void vault_missingOnly_leavesTheRestAlone() throws Exception {
        stored.put("/v1/secret/data/one", new ObjectMapper().readTree("{\"data\":{\"value\":\"there\"}}"));

        assertThat(run("push", "vault", "--missing").out()).contains("two  written");

        assertThat(stored.get("/v1/secret/data/one").at("/data/value").asText()).isEqualTo("there");
    }

    @Test
    void vault_thatRefuses_isAFailure() {
        refusal = 403;

        Result result = run("push", "vault");

        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).contains("one  failed", "403: the token may not do that");
    }

    @Test
    void baseten_push_createsEach() {
        Result result = run("push", "baseten");

        assertThat(result.code()).as(result.all()).isZero();
        assertThat(result.out()).contains("one  create", "one  written", "two  written");
        assertThat(stored.get("one").get("value").asText()).isEqualTo(SENTINEL);
    }

    @Test
    void platform_thatCannotBeReached_isOneMessage() {
        server.stop(0);

        Result result = run("diff", "vault");

        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("cannot be reached").doesNotContain("\tat ");
    }
}
