package dev.modelsecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The executable file as a process of its own. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {

    private static final String SENTINEL = "sentinel-value-7f3a";

    @TempDir
    private static Path directory;

    private static Launcher launcher;
    private static String mount;

    @BeforeAll
    static void make() throws Exception {
        Path spaced = Files.createDirectories(directory.resolve("with space"));
        launcher = Launcher.make(spaced);
        Path secrets = Files.createDirectories(directory.resolve("mount"));
        Files.writeString(secrets.resolve("token"), SENTINEL);
        mount = secrets.toString();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String run(int code, ProcessBuilder builder) throws Exception {
        Process process = builder.redirectErrorStream(true).start();
        String output = output(process);
        assertThat(process.waitFor()).as(output).isEqualTo(code);
        assertThat(output).doesNotContain(SENTINEL).doesNotContain("\tat ");
        return output;
    }

    @Test
    void version_isThatOfTheBuild() throws Exception {
        assertThat(run(0, launcher.process("--version"))).isEqualTo("model-secrets 1.2.3-test\n");
    }

    @Test
    void check_findsAndMisses() throws Exception {
        assertThat(run(0, launcher.process("check", "--names", "token", "--directory", mount)))
                .contains("1 of 1 declared secrets have a value");
        assertThat(run(3, launcher.process("check", "--names", "absent", "--directory", mount)))
                .contains("MISSING");
    }

    @Test
    void run_printsNoValueInAnArgumentOrThroughTheRedactor() throws Exception {
        String script = "echo $T; tr '\\0' ' ' < /proc/$PPID/cmdline";

        String output =
                run(0, launcher.process("run", "--env", "T=token", "--directory", mount, "--", "sh", "-c", script));

        assertThat(output).contains("[secret:token]", "dev.modelsecrets.cli.Main");
    }

    @Test
    void run_isSentTerm_andKeepsTheLastWords() throws Exception {
        Process process = launcher.process(
                        "run",
                        "--env",
                        "T=token",
                        "--directory",
                        mount,
                        "--",
                        "sh",
                        "-c",
                        "trap 'echo last words; exit 42' TERM USR2; echo ready; while :; do sleep 0.05; done")
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        assertThat(lines.readLine()).isEqualTo("ready");

        Signals.send("USR2", process.pid());

        assertThat(lines.readLine()).isEqualTo("last words");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(42);
    }

    @Test
    void run_whoseProgramDiesOfASignal_returnsItsNumber() throws Exception {
        Process process = launcher.process(
                        "run", "--env", "T=token", "--directory", mount, "--", "sh", "-c", "echo ready; exec sleep 300")
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        assertThat(lines.readLine()).isEqualTo("ready");

        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
    }

    @Test
    void output_toAFullDisk_isSaid() throws Exception {
        Process process = launcher.process("check", "--names", "token", "--directory", mount)
                .redirectOutput(Redirect.to(new File("/dev/full")))
                .start();

        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(ExitCode.FAILED);
        assertThat(error).isEqualTo("model-secrets: standard output cannot be written: the disk is full\n");
    }

    @Test
    void prompt_withoutATerminal_isSaid() throws Exception {
        ProcessBuilder builder = launcher.process(
                "list", "--store", directory.resolve("none/secrets.json").toString());

        assertThat(run(ExitCode.FAILED, builder)).contains("there is no store");
    }

    @Test
    void archive_isMadeOnFirstUse_andHoldsNoVariable() throws Exception {
        ProcessBuilder builder = launcher.process("check", "--names", "token", "--directory", mount);
        builder.environment().remove("MODEL_SECRETS_ARCHIVE");
        builder.environment().put("TRUSS_SECRET_token", SENTINEL);
        run(0, builder);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!Files.exists(launcher.archive()) && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }

        assertThat(launcher.archive()).exists();
        assertThat(Files.readString(launcher.archive(), StandardCharsets.ISO_8859_1))
                .doesNotContain(SENTINEL);
        assertThat(run(0, builder)).contains("1 of 1");
    }

    @Test
    void serve_startsTheServerWithTheStore() throws Exception {
        Path served = directory.resolve("served");
        Process process = launcher.process("serve", served.toString(), "--port", "0")
                .redirectErrorStream(true)
                .start();
        try {
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            String line = lines.readLine();
            while (line != null && !line.startsWith("listening on ")) {
                line = lines.readLine();
            }
            assertThat(line).isNotNull();
            URI page = URI.create(line.substring("listening on ".length()));

            int status = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding())
                    .statusCode();

            assertThat(status).isEqualTo(200);
            assertThat(served.resolve("secrets.json")).exists();
            assertThat(run(0, launcher.process("list", "--store", served.toString())))
                    .isEmpty();
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void java_missing_isSaid() throws Exception {
        ProcessBuilder builder = launcher.process("--version");
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", "/nowhere");
        builder.command().add(0, "/bin/sh");

        assertThat(run(4, builder)).contains("there is no java");
    }
}
