package dev.modelsecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.modelsecrets.cli.Shell.Result;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {

    private static final String SENTINEL = "sentinel-value-7f3a";

    @TempDir
    private Path directory;

    private Path config;

    @BeforeEach
    void writeConfig() throws Exception {
        config = directory.resolve("config.yaml");
        Files.writeString(config, "secrets:\n  hf_token: null\n  region: us-east-1\n");
    }

    @Test
    void secrets_found_areListedWithoutValues() {
        Result result =
                new Shell(directory).variable("TRUSS_SECRET_hf_token", SENTINEL).run("check", config.toString());

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains(
                        "hf_token", "TRUSS_SECRET_hf_token", "its declaration", "2 of 2 declared secrets have a value")
                .doesNotContain(SENTINEL);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void secret_missing_isCodeThreeWithTheReasons() {
        Result result = new Shell(directory).run("check", config.toString());

        assertThat(result.code()).isEqualTo(ExitCode.MISSING);
        assertThat(result.out()).contains("MISSING", "TRUSS_SECRET_hf_token is not set", "1 of 2");
    }

    @Test
    void secret_failed_isCodeFour() throws Exception {
        Files.createDirectories(directory.resolve("mount/hf_token"));

        Result result = new Shell(directory)
                .run(
                        "check",
                        "--names",
                        "hf_token",
                        "--directory",
                        directory.resolve("mount").toString());

        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).contains("FAILED");
    }

    @Test
    void noDefaults_makesADefaultMissing() {
        Result result = new Shell(directory)
                .variable("TRUSS_SECRET_hf_token", SENTINEL)
                .run("check", config.toString(), "--no-defaults");

        assertThat(result.code()).isEqualTo(ExitCode.MISSING);
    }

    @Test
    void json_isForPrograms() {
        Result result = new Shell(directory)
                .variable("TRUSS_SECRET_hf_token", SENTINEL)
                .run("check", config.toString(), "--json");

        assertThat(result.out())
                .contains("\"complete\" : true", "\"status\" : \"found\"", "\"provider\" : \"environment\"")
                .doesNotContain(SENTINEL);
    }

    @Test
    void quiet_saysNothing() {
        Result result = new Shell(directory).run("check", config.toString(), "--quiet");

        assertThat(result).isEqualTo(new Result(ExitCode.MISSING, "", ""));
    }

    @Test
    void shape_ofAValue_isRemarkedOn() {
        Result result = new Shell(directory)
                .variable("TRUSS_SECRET_hf_token", "${HF_TOKEN}")
                .run("check", "--names", "hf_token");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("hf_token: ");
    }

    @Test
    void places_areChosenByOptions() throws Exception {
        Files.writeString(directory.resolve("a.env"), "from_dotenv=" + SENTINEL);
        Files.setPosixFilePermissions(
                directory.resolve("a.env"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));

        Result result = new Shell(directory)
                .variable("MY_from_env", SENTINEL)
                .run(
                        "check",
                        "--names",
                        "from_dotenv,from_env,from_command",
                        "--env-prefix",
                        "MY_",
                        "--dotenv",
                        directory.resolve("a.env").toString(),
                        "--command",
                        "echo value-of-{name}",
                        "--all");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("a.env line 1", "MY_from_env", "3 of 3")
                .doesNotContain(SENTINEL);
    }

    @Test
    void colours_areOnATerminalOnlyAndNotWithNoColor() {
        assertThat(new Shell(directory)
                        .terminal()
                        .run("check", config.toString())
                        .out())
                .contains("\u001b[");
        assertThat(new Shell(directory).run("check", config.toString()).out()).doesNotContain("\u001b[");
        assertThat(new Shell(directory)
                        .terminal()
                        .variable("NO_COLOR", "1")
                        .run("check", config.toString())
                        .out())
                .doesNotContain("\u001b[");
    }

    @ParameterizedTest
    @CsvSource({"200,accepted,0", "401,rejected,5", "403,rejected,5", "500,not known,0", "302,not known,0"})
    void probe_asksTheVendor(int status, String word, int code) throws Exception {
        AtomicReference<String> sent = new AtomicReference<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            sent.set(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");

            Result result = new Shell(directory)
                    .variable("TRUSS_SECRET_hf_token", SENTINEL)
                    .vendors(address)
                    .run("check", "--names", "hf_token", "--probe", "hf_token=hugging-face");

            assertThat(result.code()).as(result.all()).isEqualTo(code);
            assertThat(result.out())
                    .contains("hf_token: the vendor's answer: " + word)
                    .doesNotContain(SENTINEL);
            assertThat(sent.get()).isEqualTo("Bearer " + SENTINEL);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void probe_withoutAnAnswer_isNotKnown() {
        Result result = new Shell(directory)
                .variable("TRUSS_SECRET_hf_token", SENTINEL)
                .vendors(URI.create("http://127.0.0.1:1/"))
                .run("check", "--names", "hf_token", "--probe", "hf_token=openai");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("not known");
    }
}
