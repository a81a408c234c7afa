package dev.modelsecrets.examples.secretsapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StorePassword;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Speaks HTTP with a server on a port of its own, byte by byte. */
class SecretsApiTest {

    private static final String TOKEN = "test-bearer-token";
    private static final String SENTINEL = "test-sentinel-4711";

    private static final String CREATE = """
        {"secrets_payload": [
          {"name": "hf-secret", "action": "create", "type": "opaque", "data": {"hf-token": "test-sentinel-4711"}},
          {"name": "iad-creds", "action": "create", "type": "container_registry", "data": {
            "registry_server": "iad.ocir.io", "username": "test-user",
            "password": "test-sentinel-4711", "email": "test@example.com"}}]}\
        """;

    @TempDir
    private Path directory;

    private EncryptedSecretStore store;
    private SecretsApi api;
    private final List<String> answers = new ArrayList<>();

    @BeforeEach
    void startServer() throws Exception {
        store = EncryptedSecretStore.create(
                directory.resolve("secrets.json"),
                StorePassword.fromEnvironment("PASSWORD", Map.of("PASSWORD", "test-password-of-a-store")));
        api = SecretsApi.start(store, TOKEN, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stopServer() {
        api.close();
        // Whatever a test did: no answer has a value in it.
        assertThat(answers).isNotEmpty().noneMatch(answer -> answer.contains(SENTINEL));
    }

    private record Response(int status, String headers, String body) {}

    private Response get(String path) throws Exception {
        return send("GET " + path + " HTTP/1.1", "Authorization: Bearer " + TOKEN, "");
    }

    private Response post(String path, String body) throws Exception {
        return send(
                "POST " + path + " HTTP/1.1",
                "Authorization: Bearer " + TOKEN + "\r\nContent-Type: application/json",
                body);
    }

    private Response send(String request, String headers, String body) throws Exception {
        return send(request, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private Response send(String request, String headers, byte[] body) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((request + "\r\nHost: localhost\r\nConnection: close\r\n" + headers
                        + (headers.isEmpty() ? "" : "\r\n")
                        + (body.length == 0 ? "" : "Content-Length: " + body.length + "\r\n")
                        + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        String answer = exchange(bytes.toByteArray());
        answers.add(answer);
        int end = answer.indexOf("\r\n\r\n");
        return new Response(
                Integer.parseInt(answer.split(" ", 3)[1]), answer.substring(0, end), answer.substring(end + 4));
    }

    private String exchange(byte[] request) throws Exception {
        try (Socket socket =
                        new Socket(api.address().getAddress(), api.address().getPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(request);
            out.flush();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void post_batch_isCarriedOutAndAnswered() throws Exception {
        Response response = post("/secrets/", CREATE);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).contains("application/json").contains("no-store");
        assertThat(response.body())
                .isEqualTo("{\"operations_processed\":2,\"results\":["
                        + "{\"action\":\"create\",\"name\":\"hf-secret\",\"namespace\":\"default\",\"status\":\"success\",\"message\":\"Secret"
                        + " 'hf-secret' created successfully\"},"
                        + "{\"action\":\"create\",\"name\":\"iad-creds\",\"namespace\":\"default\",\"status\":\"success\",\"message\":\"Secret"
                        + " 'iad-creds' created successfully\"}]}");
        assertThat(store.list()).hasSize(2);
    }

    @Test
    void get_listAndSecret_tellMetadata() throws Exception {
        post("/secrets/", CREATE);
        String created = store.describe("hf-secret").created().toString();
        String secret =
                "{\"name\":\"hf-secret\",\"namespace\":\"default\",\"type\":\"opaque\",\"data_keys\":[\"hf-token\"],"
                        + "\"creation_timestamp\":\"" + created + "\"}";

        assertThat(get("/secrets/hf-secret/"))
                .extracting(Response::status, Response::body)
                .containsExactly(200, secret);
        assertThat(get("/secrets/hf-secret").body()).isEqualTo(secret);
        assertThat(get("/secrets/").body()).startsWith("[" + secret + ",{\"name\":\"iad-creds\"");
        assertThat(get("/secrets/?namespace=default").body()).startsWith("[" + secret);
        assertThat(get("/secrets/?namespace=other").body()).isEqualTo("[]");
    }

    @Test
    void get_missingSecret_isNotFound() throws Exception {
        assertThat(get("/secrets/missing/"))
                .extracting(Response::status, Response::body)
                .containsExactly(404, "{\"error\":\"there is no such secret\"}");
        assertThat(get("/secrets/%20" + SENTINEL + "/").status()).isEqualTo(400);
        assertThat(get("/other/" + SENTINEL).status()).isEqualTo(404);
    }

    @Test
    void token_missingOrWrong_isRefused() throws Exception {
        for (String headers : List.of(
                "",
                "Authorization: Bearer",
                "Authorization: Bearer wrong",
                "Authorization: Bearer " + TOKEN + "x",
                "Authorization: Bearer " + TOKEN.substring(1),
                "Authorization: Basic " + TOKEN)) {
            Response response = send("GET /secrets/ HTTP/1.1", headers, "");
            assertThat(response.status()).as(headers).isEqualTo(401);
            assertThat(response.headers()).containsIgnoringCase("WWW-Authenticate: Bearer");
            assertThat(send("POST /secrets/ HTTP/1.1", headers, CREATE).status())
                    .isEqualTo(401);
        }
        assertThat(store.list()).isEmpty();
    }

    @Test
    void post_someFail_isBadRequestWithAllResults() throws Exception {
        post("/secrets/", CREATE);

        Response response = post(
                "/secrets/",
                "{\"secrets_payload\": [{\"name\": \"hf-secret\", \"action\": \"delete\"},"
                        + " {\"name\": \"missing\", \"action\": \"delete\"}]}");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body())
                .contains("Secret 'hf-secret' deleted successfully")
                .contains("secrets_payload[1]: secret missing does not exist");
        assertThat(store.find("hf-secret")).isEmpty();
    }

    @Test
    void post_atomic_isAllOrNothing() throws Exception {
        post("/secrets/?mode=each", CREATE);

        Response response = post(
                "/secrets/?mode=atomic",
                "{\"secrets_payload\": [{\"name\": \"hf-secret\", \"action\": \"delete\"},"
                        + " {\"name\": \"missing\", \"action\": \"delete\"}]}");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("not_applied");
        assertThat(store.find("hf-secret")).isPresent();
    }

    @Test
    void post_badBodies_areBadRequests() throws Exception {
        assertThat(post("/secrets/", "").status()).isEqualTo(400);
        assertThat(post("/secrets/", "{\"secrets_payload\": " + SENTINEL).body())
                .contains("is not valid JSON at line 1");
        assertThat(post("/secrets/", "{\"" + SENTINEL + "\": 1}").status()).isEqualTo(400);
        assertThat(post("/secrets/?mode=" + SENTINEL, CREATE).status()).isEqualTo(400);
        assertThat(send("POST /secrets/ HTTP/1.1", "Authorization: Bearer " + TOKEN, new byte[] {'"', (byte) 0xff, '"'})
                        .body())
                .isEqualTo("{\"error\":\"the body is not UTF-8\"}");
        assertThat(send(
                                "POST /secrets/ HTTP/1.1",
                                "Authorization: Bearer " + TOKEN + "\r\nContent-Type: text/plain",
                                CREATE)
                        .status())
                .isEqualTo(415);
        assertThat(store.list()).isEmpty();
    }

    @Test
    void post_largeBody_isRefused() throws Exception {
        String padding = " ".repeat(SecretsApi.LARGEST_BODY - CREATE.length());

        assertThat(post("/secrets/", CREATE + padding + " ").status()).isEqualTo(413);
        assertThat(store.list()).isEmpty();
        assertThat(post("/secrets/", CREATE + padding).status()).isEqualTo(200);
    }

    @Test
    void otherMethods_areNotAllowed() throws Exception {
        for (String method : List.of("PUT", "DELETE", "PATCH")) {
            Response response = send(method + " /secrets/ HTTP/1.1", "Authorization: Bearer " + TOKEN, "");
            assertThat(response.status()).as(method).isEqualTo(405);
            assertThat(response.headers()).contains("Allow: GET, POST");
        }
        assertThat(post("/secrets/hf-secret/", CREATE).status()).isEqualTo(405);
        assertThat(send("HEAD /secrets/ HTTP/1.1", "Authorization: Bearer " + TOKEN, "")
                        .body())
                .isEmpty();
    }

    @Test
    void store_broken_isServerErrorWithoutDetails() throws Exception {
        Files.writeString(directory.resolve("secrets.json"), SENTINEL);

        assertThat(get("/secrets/"))
                .extracting(Response::status, Response::body)
                .containsExactly(500, "{\"error\":\"the store cannot be used; the log of the server says why\"}");
        Response batch = post("/secrets/", CREATE);
        assertThat(batch.status()).isEqualTo(500);
        assertThat(batch.body())
                .contains("the store cannot be used: it is damaged")
                .doesNotContain(directory.toString());
    }
}
