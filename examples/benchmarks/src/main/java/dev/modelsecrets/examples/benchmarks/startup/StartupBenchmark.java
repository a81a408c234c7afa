package dev.modelsecrets.examples.benchmarks.startup;

import dev.modelsecrets.examples.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs all programs on all JDKs of this machine, one after the other and again in the reverse order, and prints how
 * they compare.
 *
 * <p>The system property {@code benchmark.rounds} says how often; after a first round that does not count.
 */
public final class StartupBenchmark {

    /** How many of the rounds are run once more to look at the memory. */
    private static final int MEMORY_ROUNDS = 5;

    private StartupBenchmark() {}

    /** Takes the directory for the results. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = Integer.getInteger("benchmark.rounds", 15);
        Path directory = Files.createTempDirectory("startup-benchmark");
        try {
            Path programs = directory.resolve("programs.jar");
            ProgramJar.write(programs);
            StartupReport report = new StartupReport(rounds);
            for (Jdk jdk : Jdk.find(System.getenv())) {
                List<Candidate> candidates = candidates(jdk, programs, directory.resolve(jdk.version()));
                run(candidates, rounds);
                report.add(jdk, candidates);
            }
            Results results = new Results(Path.of(arguments[0]));
            results.write("startup.svg", report.chart());
            results.write("startup.md", report.text());
            System.out.println(report.text());
        } finally {
            delete(directory);
        }
    }

    static List<Candidate> candidates(Jdk jdk, Path programs, Path directory) throws IOException, InterruptedException {
        List<Candidate> candidates = new ArrayList<>();
        for (Program program : Program.all()) {
            Path files = directory.resolve(Integer.toString(candidates.size()));
            Candidate candidate = Candidate.plain(jdk, program, programs, files);
            candidates.add(candidate);
            if (program.isArchived()) {
                candidates.add(candidate.archived());
            }
        }
        return candidates;
    }

    static void run(List<Candidate> candidates, int rounds) throws IOException, InterruptedException {
        List<Candidate> order = new ArrayList<>(candidates);
        for (Candidate candidate : order) {
            candidate.warmUp();
        }
        for (int round = 0; round < rounds; round++) {
            for (Candidate candidate : order) {
                candidate.time();
            }
            Collections.reverse(order);
        }
        for (int round = 0; round < Math.min(rounds, MEMORY_ROUNDS); round++) {
            for (Candidate candidate : order) {
                candidate.weigh();
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
