package dev.modelsecrets.examples.secretsapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses the command as a person does, and reads all that it prints. */
class MainTest {

    private static final String SENTINEL = "test-sentinel-4711";
    private static final String BATCH = "{\"secrets_payload\": [{\"name\": \"a\", \"action\": \"%s\","
            + " \"type\": \"opaque\", \"data\": {\"key\": \"" + SENTINEL + "\"}}]}";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private int run(String... arguments) {
        return Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }

    @Test
    void arguments_missingOrWrong_printTheUsage() {
        String text = directory.toString();
        List<List<String>> wrong = List.of(
                List.of(),
                List.of("serve"),
                List.of("other", text),
                List.of("serve", text, "--port"),
                List.of("serve", text, "--port", "http"),
                List.of("serve", text, "--unknown"),
                List.of("serve", text, "--tls", "file"),
                List.of("serve", text, "--host", "0.0.0.0"),
                List.of("token", text, "me", "rule"),
                List.of("token", text));
        for (List<String> arguments : wrong) {
            err.reset();
            assertThat(run(arguments.toArray(String[]::new)))
                    .as(arguments.toString())
                    .isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("usage: secrets-api serve <directory> [options]")
                    .doesNotContain("Exception");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void token_isPrintedOnceAndStoredAsHash() throws Exception {
        assertThat(run("token", directory.toString(), "me", "read")).isZero();
        String token = out.toString(StandardCharsets.UTF_8).strip();
        Path file = directory.resolve("tokens");
        assertThat(Files.readString(file))
                .matches("me read sha256:[0-9a-f]{64}\n")
                .doesNotContain(token);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(new Tokens(file).find(token)).contains(new Caller("me", Role.READ));

        assertThat(run("token", directory.toString(), "me", "write")).isEqualTo(2);
        assertThat(run("token", directory.toString(), "a name", "read")).isEqualTo(1);
        assertThat(run("revoke", directory.toString(), "me")).isZero();
        assertThat(new Tokens(file).find(token)).isEmpty();
        assertThat(run("revoke", directory.toString(), "me")).isEqualTo(2);
    }

    @Test
    void serve_emptyDirectory_startsWithAStoreOfItsOwnAndPrintsNoValue() throws Exception {
        Path store = directory.resolve("store");
        Process process = start("serve", store.toString(), "--port", "0");
        try (BufferedReader output = process.inputReader()) {
            List<String> lines = new ArrayList<>();
            URI uri = address(output, lines);
            assertThat(uri.getScheme()).isEqualTo("http");
            String token = Files.readString(store.resolve("admin-token")).strip();
            HttpClient client = HttpClient.newHttpClient();

            assertThat(post(client, uri, token, BATCH.formatted("create"))).isEqualTo(200);
            assertThat(post(client, uri, token, BATCH.formatted("create"))).isEqualTo(400);
            assertThat(post(client, uri, token, BATCH.formatted(SENTINEL))).isEqualTo(400);
            assertThat(post(client, uri, token, "[" + SENTINEL)).isEqualTo(400);
            assertThat(post(client, uri, SENTINEL, BATCH)).isEqualTo(401);

            process.toHandle().destroy();
            lines.addAll(output.lines().toList());
            assertThat(lines.stream().collect(Collectors.joining("\n")))
                    .contains("admin POST 200")
                    .contains("admin POST 400")
                    .contains("- POST 401")
                    .doesNotContain(SENTINEL)
                    .doesNotContain(token);
            assertThat(Files.readString(store.resolve("audit.jsonl")))
                    .contains("\"principal\":\"admin\",\"verb\":\"create\",\"secret\":\"a\"");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void files_thatCannotBeUsed_areNamedWithTheReason() throws Exception {
        String store = directory.resolve("store").toString();
        Path absent = directory.resolve("absent");
        Path text = Files.writeString(directory.resolve("text"), "test-password\n");

        assertFails(
                absent + ": there is no such file or directory",
                "serve",
                store,
                "--tls",
                absent.toString(),
                "--tls-password",
                text.toString());
        assertFails(
                absent + ": there is no such file or directory",
                "serve",
                store,
                "--tls",
                text.toString(),
                "--tls-password",
                absent.toString());
        assertFails(
                text + " cannot be used for TLS: it is no PKCS#12 file, or has another password",
                "serve",
                store,
                "--tls",
                text.toString(),
                "--tls-password",
                text.toString());
        assertFails(
                absent.resolve("tokens") + ": there is no such file or directory", "revoke", absent.toString(), "me");
        assertFails(text + ": exists already, and is not what is needed there", "serve", text.toString());
        assertThat(directory.resolve("store")).doesNotExist();
    }

    private void assertFails(String message, String... arguments) {
        err.reset();
        assertThat(run(arguments)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines(message);
    }

    @Test
    void serve_withCertificate_speaksTls() throws Exception {
        Path certificate = directory.resolve("server.p12");
        Path password = Files.writeString(directory.resolve("password"), "test-password\n");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        certificate.toString(),
                        "-storepass",
                        "test-password",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor())
                .as(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
        Process process = start(
                "serve",
                directory.resolve("store").toString(),
                "--port",
                "0",
                "--tls",
                certificate.toString(),
                "--tls-password",
                password.toString());
        try (BufferedReader output = process.inputReader()) {
            URI uri = address(output, new ArrayList<>());
            assertThat(uri.getScheme()).isEqualTo("https");
            HttpClient client =
                    HttpClient.newBuilder().sslContext(trusting(certificate)).build();
            String token =
                    Files.readString(directory.resolve("store/admin-token")).strip();
            assertThat(post(client, uri, token, BATCH.formatted("create"))).isEqualTo(200);
            assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .headers()
                            .firstValue("Strict-Transport-Security"))
                    .isPresent();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate)) {
            keys.load(in, "test-password".toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static Process start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                classPath(),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Reads up to the line that says where the server listens. */
    private static URI address(BufferedReader output, List<String> lines) throws Exception {
        String prefix = "listening on ";
        String line = output.readLine();
        while (line != null && !line.startsWith(prefix)) {
            lines.add(line);
            line = output.readLine();
        }
        assertThat(line).as(String.join("\n", lines)).isNotNull();
        return URI.create(line.substring(prefix.length()));
    }

    private static int post(HttpClient client, URI uri, String token, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/secrets/"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }

    private static String classPath() {
        List<String> paths = new ArrayList<>();
        for (String property : List.of("java.class.path", "surefire.test.class.path")) {
            String value = System.getProperty(property, "");
            if (!value.isEmpty()) {
                paths.add(value);
            }
        }
        return String.join(File.pathSeparator, paths);
    }
}
