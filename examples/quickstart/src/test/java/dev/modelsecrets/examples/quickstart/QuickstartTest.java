package dev.modelsecrets.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program as {@code pom.xml} does, in a process of its own, and looks at all that it prints. */
class QuickstartTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "TRUSS_SECRET_hf_access_token", "test-token-1",
            "AUTH_SECRET", "{\"gfpgan_aws_bucket\": \"test-photos-1\"}");

    private static final List<String> VALUES = List.of(
            "test-token-1", "test-photos-1", "test-keyid-1", "test-private-1", "test-developer-1", "test-north-1");

    @TempDir
    static Path directory;

    private static String output;

    @BeforeAll
    static void run() throws IOException, InterruptedException {
        output = run(directory, Map.of());
    }

    @Test
    void main_everySecret_comesFromAnotherPlace() {
        Path places = directory.resolve("places");
        assertThat(lines())
                .contains("SECRET FROM WHERE ALSO IN")
                .contains("hf_access_token environment TRUSS_SECRET_hf_access_token local config (a different value)")
                .contains("gfpgan_aws_access_key_id mounted " + places + "/secrets/gfpgan_aws_access_key_id")
                .contains("gfpgan_aws_secret_access_key mounted " + places + "/secrets/gfpgan_aws_secret_access_key")
                .contains("gfpgan_aws_region local config " + places
                        + "/home/.truss/config.yaml secrets.gfpgan_aws_region")
                .contains("gfpgan_aws_bucket AUTH_SECRET AUTH_SECRET key gfpgan_aws_bucket");
    }

    @Test
    void main_bothModels_predict() {
        assertThat(lines())
                .contains(" hugging-face Paris is the [MASK] of France. -> capital")
                .contains(" gfpgan grandmother.jpg -> restored-grandmother.jpg");
    }

    @Test
    void main_wrongOrNoToken_isRefused() {
        assertThat(lines()).contains(" no token 401").contains(" a wrong token 401 Unauthorized");
    }

    @Test
    void main_missingSecret_showsTheWholeMessage() {
        assertThat(output)
                .contains("1 of 2 declared secrets has no value:\n  HF_ACCESS_TOKEN\n    environment ")
                .contains("(TRUSS_SECRET_hf_access_token is: names must match exactly)\n")
                .endsWith("Set it in any of these places, for example: export TRUSS_SECRET_HF_ACCESS_TOKEN=...\n");
    }

    @Test
    void main_output_holdsNoPieceOfAValue() {
        for (String value : VALUES) {
            for (int i = 0; i + 6 <= value.length(); i++) {
                assertThat(output).doesNotContain(value.substring(i, i + 6));
            }
        }
    }

    @Test
    void main_headings_areANumberedTour() {
        assertThat(output.lines().filter(line -> line.matches("\\d\\. .*")))
                .hasSize(5)
                .allMatch(line -> line.length() < 100);
    }

    @Test
    void main_localConfig_isPrivate() throws IOException {
        Path localConfig = directory.resolve("places/home/.truss/config.yaml");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(localConfig)))
                .isEqualTo("rw-------");
    }

    @Test
    void main_mount_hasTheLayoutOfKubernetes() throws IOException {
        Path mount = directory.resolve("places/secrets");
        assertThat(Files.readSymbolicLink(mount.resolve("gfpgan_aws_access_key_id")))
                .isEqualTo(Path.of("..data/gfpgan_aws_access_key_id"));
        assertThat(Files.readSymbolicLink(mount.resolve("..data")).toString()).startsWith("..2026_");
    }

    @Test
    void main_runAgain_printsTheSame(@TempDir Path other) throws IOException, InterruptedException {
        String first = run(other, Map.of());
        assertThat(run(other, Map.of())).isEqualTo(first);
    }

    @Test
    void main_secretOfTheUsersOwn_changesNothing(@TempDir Path other) throws IOException, InterruptedException {
        String first = run(other, Map.of());
        assertThat(run(other, Map.of("TRUSS_SECRET_gfpgan_aws_bucket", "test-bucket-2")))
                .isEqualTo(first);
    }

    /** The lines, with each run of spaces as one: the width of a column depends on the paths. */
    private static List<String> lines() {
        return output.lines().map(line -> line.replaceAll(" +", " ")).toList();
    }

    private static String run(Path directory, Map<String, String> more) throws IOException, InterruptedException {
        // Tests of a module have the program on the module path; it runs from a class path, as for its users.
        String classPath =
                System.getProperty("jdk.module.path", "") + File.pathSeparator + System.getProperty("java.class.path");
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        classPath,
                        Quickstart.class.getName(),
                        Path.of(System.getProperty("basedir", ""), "model").toString(),
                        directory.toString())
                .redirectErrorStream(true);
        program.environment().clear();
        program.environment().putAll(ENVIRONMENT);
        program.environment().putAll(more);
        Process process = program.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
