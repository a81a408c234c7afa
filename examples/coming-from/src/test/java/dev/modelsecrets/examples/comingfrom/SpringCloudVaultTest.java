package dev.modelsecrets.examples.comingfrom;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.vault.VaultSecretProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows the page against a server that answers as a KV engine of version 2 does. */
class SpringCloudVaultTest {

    @TempDir
    Path directory;

    private final Map<String, String> documents = new ConcurrentHashMap<>(Map.of(
            "/v1/secret/data/summarizer/production", "{\"hf_token\": \"test-token\"}",
            "/v1/secret/data/application", "{\"hf_token\": \"test-token-2\", \"s3_bucket\": \"test-bucket\"}"));

    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        Files.writeString(directory.resolve("token"), "test-vault-token\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void secrets_ofThreePaths_mostSpecificWins() {
        try (VaultSecretProvider vault = vault()) {
            Secrets secrets = SpringCloudVault.secrets(vault, Map.of());

            assertThat(secrets.require("hf_token")).isEqualTo("test-token");
            assertThat(secrets.require("s3_bucket")).isEqualTo("test-bucket");
        }
    }

    @Test
    void secrets_withAVariable_variableWins() {
        try (VaultSecretProvider vault = vault()) {
            Secrets secrets = SpringCloudVault.secrets(vault, Map.of("TRUSS_SECRET_hf_token", "test-token-3"));

            assertThat(secrets.require("hf_token")).isEqualTo("test-token-3");
        }
    }

    @Test
    void refresh_afterARotation_hasTheNewValue() {
        try (VaultSecretProvider vault = vault();
                RefreshingSecrets secrets = SpringCloudVault.refreshing(vault)) {
            documents.put("/v1/secret/data/summarizer/production", "{\"hf_token\": \"test-token-4\"}");

            assertThat(secrets.refresh().require("hf_token")).isEqualTo("test-token-4");
        }
    }

    private VaultSecretProvider vault() {
        return SpringCloudVault.vault("http://127.0.0.1:" + server.getAddress().getPort(), directory.resolve("token"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean allowed = "test-vault-token".equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
        String document = documents.get(exchange.getRequestURI().getPath());
        String body = "{\"errors\": []}";
        int status = allowed ? 404 : 403;
        if (allowed && document != null) {
            body = "{\"data\": {\"data\": " + document + ", \"metadata\": {\"version\": 1}}}";
            status = 200;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
