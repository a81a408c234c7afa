package dev.modelsecrets.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.testing.KubernetesVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the packaged application as users do. */
class SummarizerApplicationTest {

    private static final String FIRST = "test-sentinel-1";
    private static final String SECOND = "test-sentinel-2";

    @TempDir
    Path directory;

    private static String[] arguments(String jar, Path secrets) {
        return new String[] {
            "-jar",
            jar,
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--logging.level.root=debug",
            "--model-secrets.chain=mounted",
            "--model-secrets.secrets-directory=" + secrets,
            "--model-secrets.refresh-interval=100ms"
        };
    }

    @Test
    void fatJar_secretsOfAMount_areBoundMaskedAndRotated() throws Exception {
        bindsMasksAndRotates(StartedApplication.jar());
    }

    @Test
    void explodedJar_secretsOfAMount_areBoundMaskedAndRotated() throws Exception {
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
        String jar = Path.of(StartedApplication.jar()).getFileName().toString();
        bindsMasksAndRotates(directory.resolve("exploded").resolve(jar).toString());
    }

    private void bindsMasksAndRotates(String jar) throws Exception {
        String output;
        try (KubernetesVolume volume = KubernetesVolume.at(directory.resolve("secrets"))) {
            volume.publish(Map.of("hf_access_token", FIRST));
            try (StartedApplication application =
                    StartedApplication.java(directory, arguments(jar, volume.directory()))) {
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
