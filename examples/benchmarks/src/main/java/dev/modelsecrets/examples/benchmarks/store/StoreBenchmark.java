package dev.modelsecrets.examples.benchmarks.store;

import dev.modelsecrets.examples.benchmarks.report.Results;
import dev.modelsecrets.examples.benchmarks.startup.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets the stores do the same work in turns, then opens and re-keys the store of this library, then runs programs that
 * start cold, and prints how they compare.
 *
 * <p>The system property {@code benchmark.rounds} says how often; after some rounds that do not count.
 */
public final class StoreBenchmark {

    /** By then the code is compiled, and the stores have not changed for so long that their times can be trusted. */
    private static final int WARM_ROUNDS = 200;

    private StoreBenchmark() {}

    /** Takes the directory for the results. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = Integer.getInteger("benchmark.rounds", 25);
        Path results = Path.of(arguments[0]);
        Files.createDirectories(results);
        // Beside the results, as the directory for temporary files may be in memory.
        Path directory = Files.createTempDirectory(results.toAbsolutePath(), "store-benchmark");
        try {
            String report = measure(directory, rounds, 1_000);
            new Results(results).write("store.md", report);
            System.out.println(report);
        } finally {
            Fixture.delete(directory);
        }
    }

    static String measure(Path directory, int rounds, int count) throws IOException, InterruptedException {
        StoreReport report = new StoreReport(rounds, count);
        try (SideBySide stores = new SideBySide(directory, count);
                Refreshes refreshes = new Refreshes(directory, count)) {
            TimeUnit.MILLISECONDS.sleep(2_500);
            for (int round = 0; round < Math.min(10 * rounds, WARM_ROUNDS); round++) {
                stores.round();
                refreshes.round();
            }
            stores.clear();
            refreshes.samples.clear();
            for (int round = 0; round < rounds; round++) {
                stores.round();
                refreshes.round();
            }
            report.add(stores);
            report.add(refreshes);
        }
        try (Passwords passwords = new Passwords(directory, count)) {
            for (int round = 0; round < rounds; round++) {
                passwords.round();
            }
            report.add(passwords);
        }
        for (Jdk jdk : Jdk.find(System.getenv())) {
            List<ColdProgram> programs = ColdProgram.all(jdk, directory, count);
            run(programs, rounds);
            report.add(jdk, programs);
        }
        return report.text();
    }

    private static void run(List<ColdProgram> programs, int rounds) throws IOException, InterruptedException {
        for (ColdProgram program : programs) {
            program.run();
            program.samples.clear();
        }
        List<ColdProgram> order = new ArrayList<>(programs);
        for (int round = 0; round < rounds; round++) {
            for (ColdProgram program : order) {
                program.run();
            }
            Collections.reverse(order);
        }
    }
}
