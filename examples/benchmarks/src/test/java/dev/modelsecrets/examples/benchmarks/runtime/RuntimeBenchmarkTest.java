package dev.modelsecrets.examples.benchmarks.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark runs once, with few names and in this process; no time is looked at. */
class RuntimeBenchmarkTest {

    private static final Trials TRIALS = new Trials();

    @BeforeAll
    static void runEachOnce() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(RuntimeBenchmark.class.getPackageName().replace(".", "\\.") + "\\..*")
                        .param("names", "4")
                        .param("files", "4")
                        .param("secrets", "1", "100")
                        .forks(0)
                        .mode(Mode.SingleShotTime)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        TRIALS.add(results);
        TRIALS.add(results);
    }

    @Test
    void run_all_measuresEachWithEachParameter() {
        assertThat(TRIALS.benchmarks())
                .containsExactlyInAnyOrder(
                        "ContainsKeyBenchmark",
                        "GetBenchmark",
                        "IterationBenchmark",
                        "MountedFilesBenchmark",
                        "RedactBenchmark",
                        "RefreshBenchmark",
                        "ResolveBenchmark");
        assertThat(TRIALS.parameters("MountedFilesBenchmark")).containsExactly("4 files, plain", "4 files, kubernetes");
        assertThat(TRIALS.parameters("RedactBenchmark")).containsExactly("1 secret", "100 secrets");
        assertThat(TRIALS.methods("GetBenchmark")).containsExactlyInAnyOrder("modelSecrets", "hashMap", "mapCopyOf");
    }

    @Test
    void text_holdsATableForEachAndAllGoals() {
        String text = new RuntimeReport(2, TRIALS, Growth.measure(10)).text();

        assertThat(text)
                .contains("## Redacting a log", "## Reading a large mount", "## Growth", "| Model Secrets ")
                .contains("| 4 files, plain: Model Secrets / loop of Files.readString")
                .contains("| get, 4 names: Model Secrets / HashMap")
                .contains("| 4 names: resolve / unchanged refresh")
                .contains("| redacting, 100 secrets: loop of String.replace, plain values / Model Secrets")
                .contains("| memory of 1 name: Secrets / LinkedHashMap", "| memory of 10 names: Secrets")
                .doesNotContain("null");
    }

    @Test
    void labels_areThereForAllMethods() {
        for (String benchmark : TRIALS.benchmarks()) {
            assertThat(TRIALS.methods(benchmark))
                    .allSatisfy(
                            method -> assertThat(RuntimeReport.labelOf(method)).isNotBlank());
        }
    }
}
