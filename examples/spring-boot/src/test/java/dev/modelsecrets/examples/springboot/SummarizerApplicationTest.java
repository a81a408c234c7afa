package dev.modelsecrets.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.testing.KubernetesVolume;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the packaged application as users do. */
class SummarizerApplicationTest {

    private static final String FIRST = "test-sentinel-1";
    private static final String SECOND = "test-sentinel-2";

    @TempDir
    Path directory;

    private static String[] arguments(Path secrets, String... program) {
        List<String> arguments = new ArrayList<>(List.of(program));
        arguments.addAll(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--logging.level.root=debug",
                "--model-secrets.chain=mounted",
                "--model-secrets.secrets-directory=" + secrets,
                "--model-secrets.refresh-interval=100ms"));
        return arguments.toArray(String[]::new);
    }

    @Test
    void fatJar_secretsOfAMount_areBoundMaskedAndRotated() throws Exception {
        bindsMasksAndRotates("-jar", StartedApplication.jar());
    }

    @Test
    void explodedJar_secretsOfAMount_areBoundMaskedAndRotated() throws Exception {
        bindsMasksAndRotates("-jar", extract().toString());
    }

    @Test
    void explodedJar_withLog4j2InsteadOfLogback_hasARedactedLog() throws Exception {
        Path jar = extract();
        try (DirectoryStream<Path> logback =
                Files.newDirectoryStream(jar.resolveSibling("lib"), "{logback,log4j-to-slf4j}-*.jar")) {
            for (Path library : logback) {
                Files.delete(library);
            }
        }
        String log4j = Path.of(System.getProperty("log4j.directory"), "*").toString();

        bindsMasksAndRotates("-cp", jar + File.pathSeparator + log4j, SummarizerApplication.class.getName());
    }

    /** Extracts the application as for a container image; returns the jar that has its classes. */
    private Path extract() throws Exception {
        try (StartedApplication extraction = StartedApplication.java(
                directory,
                "-Djarmode=tools",
                "-jar",
                StartedApplication.jar(),
                "extract",
                "--destination",
                "exploded")) {
            assertThat(extraction.exitCode()).isZero();
        }
        return directory
                .resolve("exploded")
                .resolve(Path.of(StartedApplication.jar()).getFileName());
    }

    private void bindsMasksAndRotates(String... program) throws Exception {
        String output;
        try (KubernetesVolume volume = KubernetesVolume.at(directory.resolve("secrets"))) {
            volume.publish(Map.of("hf_access_token", FIRST));
            try (StartedApplication application =
                    StartedApplication.java(directory, arguments(volume.directory(), program))) {
                assertThat(application.get("/generation")).isEqualTo("11");
                isMasked(application);
                assertThat(application.get("/actuator/health/secrets")).contains("\"UP\"", "\"age\"");

                volume.publish(Map.of("hf_access_token", SECOND));
                application.await("/generation", "22");
                isMasked(application);
                assertThat(application.get("/actuator/health/secrets"))
                        .contains("\"UP\"")
                        .doesNotContain("lastFailure");
                output = application.output();
            }
        }
        assertThat(output)
                .contains("Calls with Bearer [secret:hf_access_token]")
                .doesNotContain(FIRST, SECOND);
    }

    private static void isMasked(StartedApplication application) throws Exception {
        assertThat(application.get("/actuator/env"))
                .contains("hf_access_token", "******", "Bearer [secret:hf_access_token]")
                .doesNotContain(FIRST, SECOND);
        assertThat(application.get("/actuator/configprops"))
                .contains("Bearer [secret:hf_access_token]")
                .doesNotContain(FIRST, SECOND);
    }

    @Test
    void fatJar_missingSecret_isExplainedInFifteenLines() throws IOException, InterruptedException {
        try (StartedApplication application = StartedApplication.java(
                directory,
                "-jar",
                StartedApplication.jar(),
                "--model-secrets.chain=mounted",
                "--model-secrets.secrets-directory=" + directory.resolve("nowhere"))) {
            assertThat(application.exitCode()).isOne();
            assertThat(application.output().lines().filter(line -> !line.isBlank()))
                    .hasSizeLessThanOrEqualTo(15)
                    .contains(
                            "APPLICATION FAILED TO START",
                            "1 of 2 declared secrets has no value:",
                            "  hf_access_token",
                            "    mounted    " + directory.resolve("nowhere") + " does not exist")
                    .noneMatch(line -> line.startsWith("\tat "));
        }
    }
}
