package dev.modelsecrets.examples.secretsapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the program as a user does, and reads all that it prints. */
class MainTest {

    private static final String TOKEN = "test-bearer-token";
    private static final String SENTINEL = "test-sentinel-4711";

    @Test
    void program_servesOnLoopbackAndPrintsNoValue(@TempDir Path directory) throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "test-password-of-a-store");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                classPath(),
                Main.class.getName(),
                directory.resolve("secrets.json").toString(),
                password.toString(),
                "0");
        builder.environment().put("TRUSS_SECRET_secrets_api_token", TOKEN);
        Process process = builder.redirectErrorStream(true).start();
        try (BufferedReader output = process.inputReader()) {
            String first = output.readLine();
            assertThat(first).contains("listening on").contains("/127.0.0.1:");
            int port = Integer.parseInt(first.substring(first.lastIndexOf(':') + 1));

            String batch =
                    "{\"secrets_payload\": [{\"name\": \"a\", \"action\": \"%s\", \"type\": \"opaque\", \"data\":"
                            + " {\"key\": \"" + SENTINEL + "\"}}]}";
            assertThat(post(port, TOKEN, batch.formatted("create"))).isEqualTo(200);
            assertThat(post(port, TOKEN, batch.formatted("create"))).isEqualTo(400);
            assertThat(post(port, TOKEN, batch.formatted(SENTINEL))).isEqualTo(400);
            assertThat(post(port, TOKEN, "[" + SENTINEL)).isEqualTo(400);
            assertThat(post(port, SENTINEL, batch)).isEqualTo(401);

            process.toHandle().destroy();
            String log = output.lines().collect(Collectors.joining("\n"));
            assertThat(log).contains("POST 200").contains("POST 400").contains("POST 401");
            assertThat(log).doesNotContain(SENTINEL).doesNotContain(TOKEN);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static int post(int port, String token, String body) throws Exception {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/secrets/").toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        return connection.getResponseCode();
    }

    private static String classPath() {
        List<String> paths = new ArrayList<>();
        paths.add(Path.of(System.getProperty("basedir", "."), "target", "classes")
                .toAbsolutePath()
                .toString());
        for (String property : List.of("jdk.module.path", "java.class.path", "surefire.test.class.path")) {
            String value = System.getProperty(property, "");
            if (!value.isEmpty()) {
                paths.addAll(List.of(value.split(File.pathSeparator)));
            }
        }
        return String.join(File.pathSeparator, paths);
    }
}
