package dev.modelsecrets.examples.benchmarks.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of made-up times. */
class StartupReportTest {

    @TempDir
    Path directory;

    private final StartupReport report = new StartupReport(2);

    /** The programs take 10, 20, 30 .. milliseconds. */
    @BeforeEach
    void measure() throws IOException {
        Jdk jdk = new Jdk(directory, "17.0.1");
        List<Candidate> candidates = new ArrayList<>();
        for (Program program : Program.all()) {
            Path files = directory.resolve(program.main());
            Candidate candidate = Candidate.plain(jdk, program, directory.resolve("programs.jar"), files);
            candidates.add(candidate);
            for (int round = 0; round < 2; round++) {
                candidate.addTime(10.0 * candidates.size(), 7);
                candidate.addMemory(40);
            }
        }
        report.add(jdk, candidates);
    }

    @Test
    void text_holdsAllProgramsAndNoPath() {
        assertThat(report.text())
                .contains("2 rounds", "JDK 17.0.1:", "## JDK 17, a: ", "| hello ", "AWS SDK, variables only")
                .contains("10.0 (10.0 to 10.0)", "40.0 (40.0 to 40.0)", "Model Secrets, core and standard")
                .doesNotContain(directory.toString());
    }

    @Test
    void text_saysWhichGoalsAreMet() {
        assertThat(report.text().lines().filter(line -> line.startsWith("| a: Model Secrets / ")))
                .satisfiesExactly(
                        hello -> assertThat(hello).contains("at most 1.35 ", "3.00 (3.00 to 3.00)", "missed |"),
                        floor -> assertThat(floor).contains("at most 1.15 ", "1.50 (1.50 to 1.50)", "missed |"));
    }

    @Test
    void chart_holdsAllProgramsOfAllScenarios() {
        assertThat(report.chart())
                .startsWith("<svg ")
                .contains("JDK 17", "a: variables", "b: variables", "c: a variable", "Model Secrets: JDK 17 3.00");
    }
}
