package dev.modelsecrets.examples.benchmarks.runtime;

import dev.modelsecrets.examples.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs all benchmarks of this package several times, one after the other, then looks at growth, and prints how they
 * compare.
 *
 * <p>The system property {@code benchmark.rounds} says how often; {@code benchmark.quick} makes one short round that
 * shows that everything works, and no times to rely on.
 */
public final class RuntimeBenchmark {

    private RuntimeBenchmark() {}

    /** Takes the directory for the results. */
    public static void main(String[] arguments) throws IOException, RunnerException {
        boolean quick = Boolean.getBoolean("benchmark.quick");
        int rounds = quick ? 1 : Integer.getInteger("benchmark.rounds", 5);
        Trials trials = new Trials();
        for (int round = 1; round <= rounds; round++) {
            System.out.println("round " + round + " of " + rounds);
            trials.add(round(quick));
        }
        System.out.println("growth");
        Growth growth = Growth.measure(quick ? 1_000 : 100_000);
        String report = new RuntimeReport(rounds, trials, growth).text();
        new Results(Path.of(arguments[0])).write("runtime.md", report);
        System.out.println(report);
    }

    private static Collection<RunResult> round(boolean quick) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(RuntimeBenchmark.class.getPackageName().replace(".", "\\.") + "\\..*")
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        if (quick) {
            options.warmupIterations(1)
                    .warmupTime(TimeValue.milliseconds(10))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(10));
        }
        return new Runner(options.build()).run();
    }
}
