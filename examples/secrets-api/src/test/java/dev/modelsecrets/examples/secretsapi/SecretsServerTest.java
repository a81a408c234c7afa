package dev.modelsecrets.examples.secretsapi;

import static dev.modelsecrets.examples.secretsapi.RunningServer.SENTINEL;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API answers, over HTTP. */
class SecretsServerTest {

    private static final String CREATE = """
            {"secrets_payload": [
              {"name": "hf-secret", "action": "create", "type": "opaque", "data": {"hf-token": "test-sentinel-4711"}},
              {"name": "iad-creds", "action": "create", "type": "container_registry", "data": {
                "registry_server": "iad.ocir.io", "username": "test-user",
                "password": "test-sentinel-4711", "email": "test@example.com"}}]}""";

    private static final String SECRET = "{\"data\": {\"token\": \"" + SENTINEL + "\"}}";

    @TempDir
    private Path directory;

    private RunningServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = new RunningServer(directory);
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
        // Whatever a test did: no answer and no line of the audit log has a value or a path of this machine in it.
        assertThat(server.answers)
                .isNotEmpty()
                .noneMatch(answer -> answer.contains(SENTINEL))
                .noneMatch(answer -> answer.contains(directory.toString()));
        Path log = directory.resolve("audit.jsonl");
        assertThat(Files.exists(log) ? Files.readString(log) : "").doesNotContain(SENTINEL);
    }

    private static String error(HttpResponse<String> response) {
        return response.statusCode() + " " + response.body();
    }

    @Test
    void post_batch_isCarriedOutAndAnswered() throws Exception {
        for (String path : List.of("/secrets/", "/secrets")) {
            HttpResponse<String> response = server.post(path, CREATE);

            assertThat(response.statusCode()).isEqualTo(path.endsWith("/") ? 200 : 400);
            assertThat(response.headers().map())
                    .containsEntry("content-type", List.of("application/json"))
                    .containsEntry("cache-control", List.of("no-store"));
            assertThat(response.body()).contains("\"operations_processed\":2").contains("\"namespace\":\"default\"");
        }
        assertThat(server.store.list()).hasSize(2);
    }

    @Test
    void get_listAndSecret_haveTheShapeOfOci() throws Exception {
        server.post("/secrets/", CREATE);
        String created = DateTimeFormatter.ofPattern("yyyy-MM-dd hh:mm a", Locale.ENGLISH)
                        .withZone(ZoneOffset.UTC)
                        .format(server.store.describe("hf-secret").created())
                + " UTC";
        String secret = "{\"name\":\"hf-secret\",\"namespace\":\"default\",\"type\":\"Opaque\","
                + "\"data_keys\":[\"hf-token\"],\"creation_timestamp\":\"" + created + "\"}";

        assertThat(server.get("/secrets/hf-secret/").body()).isEqualTo(secret);
        assertThat(server.get("/secrets/hf-secret").body()).isEqualTo(secret);
        for (String path :
                List.of("/secrets", "/secrets/", "/secrets?namespace=default", "/secrets/?namespace=default")) {
            assertThat(server.get(path).body())
                    .startsWith("[" + secret + ",{\"name\":\"iad-creds\"")
                    .contains("\"type\":\"kubernetes.io/dockerconfigjson\",\"data_keys\":[\".dockerconfigjson\"]");
        }
        assertThat(server.get("/secrets/?namespace=other").body()).isEqualTo("[]");
        assertThat(server.get("/secrets/?name=" + SENTINEL).statusCode()).isEqualTo(400);
        assertThat(server.get("/secrets/?namespace=a&namespace=b").statusCode()).isEqualTo(400);
    }

    @Test
    void get_whatIsNotThere_isNotFound() throws Exception {
        assertThat(error(server.get("/secrets/missing/")))
                .isEqualTo("404 {\"error\":\"there is no such secret, version or attachment\"}");
        assertThat(server.get("/secrets/%20" + SENTINEL + "/").statusCode()).isEqualTo(400);
        for (String path :
                List.of("/other/" + SENTINEL, "/secrets/a/b/c", "/index.html", "/page.js/", "/?" + SENTINEL)) {
            assertThat(server.send(server.writer, "DELETE", path, "").statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(server.sendRaw("GET /secrets/%2e%2e%2f" + SENTINEL + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .endsWith("{\"error\":\"the request is not valid HTTP\"}");
    }

    /** A client that keeps its connections would send its next request to nobody. */
    @Test
    void address_thatCannotBeParsed_saysThatTheConnectionCloses() throws Exception {
        for (String path : List.of("/secrets/%00", "/secrets/%zz", "/secrets/a%2fb")) {
            assertThat(server.sendRaw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .as(path)
                    .startsWith("HTTP/1.1 400")
                    .contains("\r\nConnection: close\r\n");
        }
    }

    @Test
    void token_missingOrWrong_isRefused() throws Exception {
        for (String token : List.of("", "wrong", server.writer + "x", server.writer.substring(1))) {
            HttpResponse<String> response = server.send(token, "POST", "/secrets/", CREATE);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            assertThat(server.send(token, "GET", "/secrets/", "").statusCode()).isEqualTo(401);
        }
        assertThat(server.store.list()).isEmpty();
    }

    @Test
    void token_revoked_stopsCountingAtOnce() throws Exception {
        assertThat(server.get("/secrets").statusCode()).isEqualTo(200);
        server.tokens.remove("rita");
        assertThat(server.get("/secrets").statusCode()).isEqualTo(401);
        assertThat(server.post("/secrets", CREATE).statusCode()).isEqualTo(200);
    }

    @Test
    void roles_mayDoWhatTheyMay() throws Exception {
        assertThat(error(server.send(server.reader, "POST", "/secrets/", CREATE)))
                .isEqualTo("403 {\"error\":\"the token may read, and this needs one that may write\"}");
        server.post("/secrets/", CREATE);
        server.send(server.writer, "PUT", "/deployments/llm/secrets/hf-secret", "");

        assertThat(server.send(server.reader, "DELETE", "/secrets/hf-secret", "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(error(server.send(server.writer, "DELETE", "/secrets/hf-secret", "")))
                .startsWith("409")
                .contains("in use by llm");
        assertThat(server.send(server.writer, "DELETE", "/secrets/hf-secret?force=true", "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.send(server.writer, "GET", "/audit", "").statusCode()).isEqualTo(403);
        assertThat(server.send(server.administrator, "DELETE", "/secrets/hf-secret?force=true", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.send(server.administrator, "GET", "/audit", "").body())
                .matches("\\{\"verified_lines\":[1-9][0-9]*}");
        assertThat(server.get("/caller").body()).isEqualTo("{\"name\":\"rita\",\"role\":\"read\"}");
        assertThat(Files.readString(directory.resolve("audit.jsonl")))
                .contains("\"principal\":\"walter\",\"verb\":\"create\"")
                .contains("\"principal\":\"ada\"");
    }

    @Test
    void put_newAndKnownSecret_createsAndUpdates() throws Exception {
        HttpResponse<String> created = server.send(server.writer, "PUT", "/secrets/a", SECRET);
        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(created.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(created.body()).contains("\"version\":1").contains("\"keys\":[\"token\"]");

        assertThat(server.send(server.writer, "PUT", "/secrets/a", SECRET.replace("4711", "4711-b"))
                        .body())
                .contains("\"version\":2");
        assertThat(error(server.send(server.writer, "PUT", "/secrets/a", SECRET, "If-None-Match", "*")))
                .startsWith("409");
        assertThat(server.send(server.writer, "PUT", "/secrets/b", SECRET, "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void ifMatch_staleVersion_isRefused() throws Exception {
        server.send(server.writer, "PUT", "/secrets/a", SECRET);
        String changed = SECRET.replace("4711", "4711-b");
        assertThat(server.get("/secrets/a").headers().firstValue("ETag")).hasValue("\"1\"");

        assertThat(server.send(server.writer, "PATCH", "/secrets/a", changed, "If-Match", "\"1\"")
                        .headers()
                        .firstValue("ETag"))
                .hasValue("\"2\"");
        for (String method : List.of("PATCH", "PUT", "DELETE")) {
            String body = method.equals("DELETE") ? "" : SECRET;
            assertThat(error(server.send(server.writer, method, "/secrets/a", body, "If-Match", "\"1\"")))
                    .startsWith("412")
                    .contains("is at version 2, not 1");
            assertThat(server.send(server.writer, method, "/secrets/a", body, "If-Match", "W/\"2\"")
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(server.send(server.writer, "DELETE", "/secrets/a", "", "If-Match", "\"2\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.store.list()).isEmpty();
    }

    /** A client that sends one counts on it: nothing may be done as if it had not been there. */
    @Test
    void preconditions_whereTheyAreNotLookedAt_areRefused() throws Exception {
        server.send(server.writer, "PUT", "/secrets/a", SECRET);
        server.send(server.writer, "PATCH", "/secrets/a", SECRET.replace("4711", "4711-b"));
        List<List<String>> requests = List.of(
                List.of("GET", "/secrets/a", "", "If-Match", "\"1\""),
                List.of("POST", "/secrets", CREATE, "If-Match", "\"1\""),
                List.of("POST", "/secrets", CREATE, "If-None-Match", "*"),
                List.of("PATCH", "/secrets/a", SECRET, "If-None-Match", "*"),
                List.of("DELETE", "/secrets/a", "", "If-None-Match", "*"),
                List.of("POST", "/secrets/a/undo", "", "If-None-Match", "*"),
                List.of("PUT", "/deployments/llm/secrets/a", "", "If-Match", "\"2\""),
                List.of("PUT", "/deployments/llm/secrets/a", "", "If-None-Match", "*"),
                List.of("POST", "/deployments/llm/restarted", "", "If-Match", "\"2\""));
        for (List<String> request : requests) {
            assertThat(error(server.send(
                            server.writer,
                            request.get(0),
                            request.get(1),
                            request.get(2),
                            request.get(3),
                            request.get(4))))
                    .as("%s", request)
                    .isEqualTo("400 {\"error\":\"" + request.get(3) + " is not possible here\"}");
        }
        assertThat(server.send(server.writer, "PUT", "/secrets/b", SECRET, "If-Match", "\"1\"", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.store.list()).singleElement().satisfies(secret -> {
            assertThat(secret.version()).isEqualTo(2);
            assertThat(secret.attachments()).isEmpty();
        });
    }

    @Test
    void headers_givenTwice_areRefused() throws Exception {
        server.send(server.writer, "PUT", "/secrets/a", SECRET);

        assertThat(error(server.send(
                        server.writer, "DELETE", "/secrets/a", "", "If-Match", "\"1\"", "If-Match", "\"2\"")))
                .isEqualTo("400 {\"error\":\"If-Match stands there twice\"}");
        assertThat(server.send(
                                server.writer,
                                "PUT",
                                "/secrets/a",
                                SECRET,
                                "Content-Type",
                                "application/json",
                                "Content-Type",
                                "text/plain")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.send(server.writer, "DELETE", "/secrets/a", "", "Authorization", "Bearer other")
                        .statusCode())
                .isEqualTo(401);
        assertThat(server.store.describe("a").version()).isEqualTo(1);
    }

    /** Else a version in the body of an undo would be overlooked. */
    @Test
    void bodies_whereNoneIsExpected_areRefused() throws Exception {
        server.send(server.writer, "PUT", "/secrets/a", SECRET);
        server.send(server.writer, "PATCH", "/secrets/a", SECRET.replace("4711", "4711-b"));

        for (List<String> request : List.of(
                List.of("POST", "/secrets/a/undo"),
                List.of("PUT", "/deployments/llm/secrets/a"),
                List.of("DELETE", "/deployments/llm/secrets/a"),
                List.of("POST", "/deployments/llm/restarted"))) {
            assertThat(error(server.send(server.writer, request.get(0), request.get(1), "{\"version\": 1}")))
                    .as("%s", request)
                    .isEqualTo("400 {\"error\":\"this path takes no body\"}");
            assertThat(server.send(server.writer, request.get(0), request.get(1), "{}")
                            .statusCode())
                    .as("%s", request)
                    .isEqualTo(200);
        }
        assertThat(error(server.send(server.writer, "DELETE", "/secrets/a", "{\"force\": false}")))
                .isEqualTo("400 {\"error\":\"this path takes no body\"}");
        assertThat(server.store.describe("a").version()).isEqualTo(3);
    }

    @Test
    void undo_versionThatSomebodyChanged_isAConflict() throws Exception {
        server.send(server.writer, "PUT", "/secrets/a", SECRET);
        server.send(server.writer, "PATCH", "/secrets/a", SECRET.replace("4711", "4711-b"));

        assertThat(server.send(server.writer, "POST", "/secrets/a/undo", "", "If-Match", "\"1\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(server.send(server.writer, "POST", "/secrets/a/undo", "", "If-Match", "\"2\"")
                        .body())
                .contains("\"version\":3");
    }

    @Test
    void undo_bringsValuesBackAsANewVersion() throws Exception {
        server.send(server.writer, "PUT", "/secrets/a", SECRET);
        assertThat(server.post("/secrets/a/undo", "").statusCode()).isEqualTo(404);
        server.send(server.writer, "PATCH", "/secrets/a", SECRET.replace("4711", "4711-b"));

        assertThat(server.post("/secrets/a/undo", "").body())
                .contains("\"version\":3")
                .contains("\"history\":[{\"version\":2");
        assertThat(server.post("/secrets/a/undo?version=2", "").body()).contains("\"version\":4");
        assertThat(server.post("/secrets/a/undo?version=99", "").statusCode()).isEqualTo(404);
        assertThat(server.post("/secrets/a/other", "").statusCode()).isEqualTo(404);
    }

    @Test
    void attachAndDetach_areTold() throws Exception {
        server.send(server.writer, "PUT", "/secrets/a", SECRET);
        server.send(server.writer, "PUT", "/secrets/b", SECRET.replace("4711", "4711-b"));

        assertThat(server.send(server.writer, "PUT", "/deployments/llm/secrets/a", "")
                        .body())
                .contains("\"deployment\":\"llm\"");
        assertThat(error(server.send(server.writer, "PUT", "/deployments/llm/secrets/b", "")))
                .startsWith("409")
                .contains("do not fit together");
        assertThat(server.get("/deployments/llm").body()).contains("\"name\":\"a\"");
        server.send(server.writer, "PATCH", "/secrets/a", SECRET.replace("4711", "4711-c"));
        assertThat(server.get("/metadata/a").body()).contains("\"restart_needed\":true");
        assertThat(server.post("/deployments/llm/restarted", "").statusCode()).isEqualTo(200);
        assertThat(server.get("/metadata/a").body()).contains("\"restart_needed\":false");
        assertThat(server.send(server.writer, "DELETE", "/deployments/llm/secrets/a", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.send(server.writer, "DELETE", "/deployments/llm/secrets/a", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.send(server.writer, "PUT", "/deployments/llm/secrets/missing", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void metadata_tellsAllButValues() throws Exception {
        server.send(server.writer, "PUT", "/secrets/a", """
                {"data": {"token": "test-sentinel-4711"}, "description": "gated models", "labels": {"team": "search"},
                 "stage": "runtime", "mount": {"directory": "tls", "sub_paths": {"token": "x"}},
                 "expires": "2020-01-01T00:00:00Z", "rotate_every": "P90D"}""");
        server.send(server.writer, "PUT", "/secrets/b", SECRET);

        assertThat(server.get("/metadata/a").body())
                .contains("\"description\":\"gated models\",\"labels\":{\"team\":\"search\"},\"stage\":\"runtime\"")
                .contains("\"mount\":{\"directory\":\"tls\",\"sub_paths\":{\"token\":\"x\"}}")
                .contains("\"expires\":\"2020-01-01T00:00:00Z\",\"rotate_every\":\"PT2160H\",\"rotation_due\":");
        assertThat(server.get("/metadata?search=gated").body())
                .contains("\"a\"")
                .doesNotContain("\"b\"");
        assertThat(server.get("/metadata?due_within=P7D").body())
                .contains("\"a\"")
                .doesNotContain("\"b\"");
        assertThat(server.get("/metadata?due_within=soon").statusCode()).isEqualTo(400);
        assertThat(server.get("/templates").body())
                .contains("\"name\":\"HF_TOKEN\",\"description\":\"user access token\"");
    }

    @Test
    void put_badBodies_areRefusedWithoutTheirText() throws Exception {
        for (String body : List.of(
                "[\"" + SENTINEL + "\"",
                "\"" + SENTINEL + "\"",
                "{\"" + SENTINEL + "\": 1}",
                "{\"data\": \"" + SENTINEL + "\"}",
                "{\"data\": {\"key\": 4711}}",
                "{\"data\": {\"a b " + SENTINEL + "\": \"x\"}}",
                "{\"data\": {\"key\": \"x\", \"key\": \"" + SENTINEL + "\"}}",
                "{\"type\": \"" + SENTINEL + "\", \"data\": {\"key\": \"x\"}}",
                "{\"template\": \"HUGGING_FACE\", \"data\": {\"HF_TOKEN\": \"" + SENTINEL + "\"}}",
                "{\"mount\": {\"x\": \"" + SENTINEL + "\"}, \"data\": {\"key\": \"x\"}}",
                "{\"expires\": \"" + SENTINEL + "\", \"data\": {\"key\": \"x\"}}",
                "{\"data\": {}}",
                "{} " + SENTINEL)) {
            assertThat(server.send(server.writer, "PUT", "/secrets/a", body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(server.store.list()).isEmpty();
        assertThat(server.send(
                                server.writer,
                                "PUT",
                                "/secrets/a",
                                "{\"template\": \"HUGGING_FACE\", \"check_format\": false, \"data\": {\"HF_TOKEN\": \""
                                        + SENTINEL + "\"}}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void post_badBatches_areBadRequests() throws Exception {
        assertThat(server.post("/secrets/", "").statusCode()).isEqualTo(400);
        assertThat(server.post("/secrets/", "{\"secrets_payload\": " + SENTINEL).body())
                .contains("is not valid JSON at line 1");
        assertThat(server.post("/secrets/?mode=" + SENTINEL, CREATE).statusCode())
                .isEqualTo(400);
        assertThat(server.send(server.writer, "POST", "/secrets/", CREATE, "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
        assertThat(server.store.list()).isEmpty();

        server.post("/secrets/", CREATE);
        HttpResponse<String> response = server.post(
                "/secrets/?mode=atomic",
                "{\"secrets_payload\": [{\"name\": \"hf-secret\", \"action\": \"delete\"},"
                        + " {\"name\": \"missing\", \"action\": \"delete\"}]}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("not_applied");
        assertThat(server.store.find("hf-secret")).isPresent();
    }

    @Test
    void otherMethods_areNotAllowed() throws Exception {
        for (String method : List.of("PUT", "DELETE", "PATCH")) {
            HttpResponse<String> response = server.send(server.writer, method, "/secrets/", "");
            assertThat(response.statusCode()).as(method).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");
        }
        assertThat(server.send(server.reader, "HEAD", "/secrets/", "").body()).isEmpty();
    }

    @Test
    void tokens_notReadable_isServerErrorWithoutDetails() throws Exception {
        Files.writeString(directory.resolve("tokens"), SENTINEL);
        assertThat(error(server.get("/secrets")))
                .isEqualTo("500 {\"error\":\"the server cannot do its work; its log says why\"}");
    }

    @Test
    void store_damaged_isServerErrorWithoutDetails() throws Exception {
        Files.writeString(server.storeFile, SENTINEL);

        assertThat(error(server.get("/secrets/")))
                .isEqualTo("500 {\"error\":\"the store cannot be used; the log of the server says why\"}");
        assertThat(server.send(server.writer, "PUT", "/secrets/a", SECRET).statusCode())
                .isEqualTo(500);
        HttpResponse<String> batch = server.post("/secrets/", CREATE);
        assertThat(batch.statusCode()).isEqualTo(500);
        assertThat(batch.body()).contains("the store cannot be used: it is damaged");
    }

    @Test
    void store_lockedOrNotWritable_isServerErrorWithoutDetails() throws Exception {
        Path lock = directory.resolve("secrets.json.lock");
        server.store.put("a", SENTINEL);
        // Of this process, so that the JDK refuses the lock just as another process would.
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            assertThat(error(server.send(server.writer, "PUT", "/secrets/b", SECRET)))
                    .startsWith("500")
                    .contains("the store cannot be used");
            assertThat(server.get("/secrets").statusCode()).isEqualTo(200);
        }
        assertThat(server.send(server.writer, "PUT", "/secrets/b", SECRET).statusCode())
                .isEqualTo(200);
    }
}
