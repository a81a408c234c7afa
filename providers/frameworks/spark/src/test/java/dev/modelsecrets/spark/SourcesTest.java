package dev.modelsecrets.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoreKeyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {

    private static final String VALUE = "test-token-of-a-source";

    /** A source of the user's own. */
    public static final class OwnSource implements SecretSource {

        @Override
        public SecretProvider open(Map<String, String> options) {
            return SecretProvider.of("own", Map.of("token", options.get("value")));
        }
    }

    /** A source that cannot be opened. */
    public static final class FailingSource implements SecretSource {

        @Override
        public SecretProvider open(Map<String, String> options) {
            throw new IllegalStateException(VALUE);
        }
    }

    @TempDir
    private Path directory;

    @Test
    void mounted_directory_isRead() throws IOException {
        Files.writeString(directory.resolve("token"), VALUE);

        assertThat(resolve(Map.of("sources", "mounted", "mounted.directory", directory.toString()), Map.of())
                        .get("token"))
                .isEqualTo(VALUE);
    }

    @Test
    void environment_prefix_isUsed() {
        assertThat(resolve(Map.of("sources", "environment", "environment.prefix", "JOB_"), Map.of("JOB_token", VALUE))
                        .get("token"))
                .isEqualTo(VALUE);
    }

    @Test
    void localConfig_file_isRead() throws IOException {
        Path file = Files.writeString(directory.resolve("config.yaml"), "secrets:\n  token: " + VALUE + "\n");

        assertThat(resolve(Map.of("sources", "localConfig", "localConfig.file", file.toString()), Map.of())
                        .get("token"))
                .isEqualTo(VALUE);
    }

    @Test
    void store_withKeyFile_isRead() {
        Path file = directory.resolve("secrets.json");
        Path key = directory.resolve("key");
        try (EncryptedSecretStore store = EncryptedSecretStore.create(file, StoreKeyFile.create(key))) {
            store.put("token", VALUE);
        }

        assertThat(resolve(
                                Map.of(
                                        "sources",
                                        "store",
                                        "store.file",
                                        file.toString(),
                                        "store.keyFile",
                                        key.toString()),
                                Map.of())
                        .get("token"))
                .isEqualTo(VALUE);
    }

    @Test
    void store_withoutKeyFile_saysWhichProperty() {
        assertRefused(
                Map.of("sources", "store", "store.file", "x"), "needs the property spark.modelsecrets.store.keyFile");
    }

    @Test
    void vault_withTokenFile_isReadInOneCallForAllNames() throws IOException {
        Files.writeString(directory.resolve("vault-token"), "test-token-of-the-executor");
        List<String> calls = new CopyOnWriteArrayList<>();
        HttpServer vault = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vault.createContext("/", exchange -> {
            calls.add(exchange.getRequestURI().getPath());
            byte[] body = ("{\"data\": {\"data\": {\"token\": \"" + VALUE + "\"}, \"metadata\": {\"version\": 1}}}")
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        vault.start();
        try {
            Secrets secrets = resolve(
                    Map.of(
                            "sources", "vault",
                            "vault.address",
                                    "http://127.0.0.1:" + vault.getAddress().getPort(),
                            "vault.keysOf", "scoring",
                            "vault.mount", "team",
                            "vault.engineVersion", "2",
                            "vault.tokenFile", directory.resolve("vault-token").toString()),
                    Map.of());

            assertThat(secrets.get("token")).isEqualTo(VALUE);
            assertThat(calls).containsExactly("/v1/team/data/scoring");
        } finally {
            vault.stop(0);
        }
    }

    @Test
    void className_ofASource_isOpenedWithTheOptions() {
        assertThat(resolve(Map.of("sources", OwnSource.class.getName(), "option.value", VALUE), Map.of())
                        .get("token"))
                .isEqualTo(VALUE);
    }

    @Test
    void className_thatCannotBeOpened_saysTheClassOnly() {
        assertRefused(
                Map.of("sources", FailingSource.class.getName()), "cannot be opened: java.lang.IllegalStateException");
        assertRefused(Map.of("sources", "com.example.None"), "cannot be made: java.lang.ClassNotFoundException");
        assertRefused(Map.of("sources", "java.lang.Object"), "does not implement SecretSource");
    }

    @Test
    void open_unknownWord_saysWhichThereAre() {
        assertRefused(Map.of("sources", "mount"), "There is no source mount; there are mounted, environment");
        assertRefused(Map.of("sources", ","), "No source of secrets is named");
        assertRefused(Map.of("sources", "driver"), "The driver cannot ask itself");
    }

    private void assertRefused(Map<String, String> properties, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolve(properties, Map.of()))
                .withMessageContaining(problem)
                .withMessageNotContaining(VALUE)
                .withNoCause();
    }

    private static Secrets resolve(Map<String, String> properties, Map<String, String> environment) {
        Sources sources = sources(properties, environment);
        try (SecretsResolver resolver = SecretsResolver.builder()
                .providers(sources.open(settings(properties).sources()))
                .build()) {
            return resolver.resolve("token");
        }
    }

    private static Sources sources(Map<String, String> properties, Map<String, String> environment) {
        return new Sources(settings(properties), environment, null);
    }

    private static Settings settings(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("names", "token");
        return Settings.of(all);
    }
}
