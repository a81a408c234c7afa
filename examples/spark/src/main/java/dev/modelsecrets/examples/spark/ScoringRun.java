package dev.modelsecrets.examples.spark;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Runs the job in a cluster, once with a source that executors read and once with the hand-over, and checks what came.
 */
final class ScoringRun {

    static final int ROWS = 100_000;
    static final int PARTITIONS = 200;
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Path directory;
    private final String classes;
    private final Bars bars = new Bars();

    private ScoringRun(Path directory, String classes) {
        this.directory = directory;
        this.classes = classes;
    }

    /**
     * Runs everything.
     *
     * @param arguments the directory, and folders of classes
     */
    public static void main(String[] arguments) throws Exception {
        ScoringRun run = new ScoringRun(Path.of(arguments[0]), arguments.length > 1 ? arguments[1] : "");
        run.ownSource();
        run.handOver();
        System.exit(run.bars.allKept() ? 0 : 1);
    }

    /** Each executor reads the source for itself. */
    private void ownSource() throws Exception {
        Path store = directory.resolve("own-store");
        Path reads = directory.resolve("own-reads");
        try (ScoringService service = new ScoringService(Duration.ofMinutes(10))) {
            Tokens tokens = new Tokens(store, service);
            Map<String, String> settings = new HashMap<>(Map.of(
                    "spark.modelsecrets.sources", TeamStore.class.getName(),
                    "spark.modelsecrets.option.directory", store.toString(),
                    "spark.modelsecrets.option.reads", reads.toString(),
                    // Longer than this run, so that each read is the first one of its JVM.
                    "spark.modelsecrets.interval", "1h",
                    // A mistake that the plugin notices.
                    "spark.example.endpoint",
                            "http://user:" + Files.readString(store.resolve("scoring_token")) + "@host"));
            settings.put("spark.dynamicAllocation.enabled", "true");
            settings.put("spark.dynamicAllocation.shuffleTracking.enabled", "true");
            settings.put("spark.dynamicAllocation.initialExecutors", "1");
            settings.put("spark.dynamicAllocation.minExecutors", "1");
            settings.put("spark.dynamicAllocation.maxExecutors", "2");
            try (Cluster cluster = new Cluster(directory.resolve("own"), "own source", classes, settings)) {
                cluster.awaitExecutors(1);
                ScoreRows job = new ScoreRows(service.address());
                long begun = System.nanoTime();
                bars.equal("own source: rows scored right", ROWS, right(cluster, job, ROWS));
                bars.note("own source: seconds", (System.nanoTime() - begun) / 1e9);
                bars.equal("own source: executors, after one at the start", 2, cluster.executorCount());
                List<String> pids = Files.readAllLines(reads);
                bars.equal("own source: reads by 2 executors and the driver's preflight", 3, pids.size());
                bars.equal("own source: JVMs that read", 3, (int)
                        pids.stream().distinct().count());
                new OtherUses(cluster, bars).run();
                search(cluster, "own source", job);
                new CostComparison(cluster, service, bars).run();
            }
        }
    }

    /** The driver hands over, while everything that can go wrong does. */
    private void handOver() throws Exception {
        Path store = directory.resolve("driver-store");
        try (ScoringService service = new ScoringService(INTERVAL.plusSeconds(1))) {
            service.thinkFor(1);
            Tokens tokens = new Tokens(store, service);
            Path exclude = directory.resolve("exclude");
            Map<String, String> settings = new HashMap<>(Map.of(
                    "spark.modelsecrets.sources",
                    "driver",
                    "spark.modelsecrets.driver.sources",
                    TeamStore.class.getName(),
                    "spark.modelsecrets.option.directory",
                    store.toString(),
                    "spark.modelsecrets.option.reads",
                    directory.resolve("driver-reads").toString(),
                    "spark.modelsecrets.interval",
                    INTERVAL.toMillis() + "ms",
                    "spark.authenticate",
                    "true",
                    "spark.authenticate.secret",
                    "only-for-this-cluster",
                    "spark.network.crypto.enabled",
                    "true"));
            settings.put("spark.excludeOnFailure.enabled", "true");
            settings.put("spark.task.maxFailures", "8");
            settings.put("spark.excludeOnFailure.task.maxTaskAttemptsPerNode", "4");
            settings.put("spark.excludeOnFailure.stage.maxFailedExecutorsPerNode", "10");
            settings.put("spark.excludeOnFailure.application.maxFailedExecutorsPerNode", "10");
            try (Cluster cluster = new Cluster(directory.resolve("handed"), "hand-over", classes, settings)) {
                cluster.awaitExecutors(2);
                FailOnDemand job = new FailOnDemand(new ScoreRows(service.address()), exclude.toString());
                Faults faults = new Faults(cluster, tokens, exclude, INTERVAL);
                faults.start();
                long begun = System.nanoTime();
                bars.equal("hand-over: rows scored right", ROWS, right(cluster, job, ROWS));
                faults.stop();
                bars.note("hand-over: seconds", (System.nanoTime() - begun) / 1e9);
                ScoringService.Totals totals = service.totals();
                bars.atLeast("hand-over: rotations during the job", 50, tokens.rotations());
                bars.equal(
                        "hand-over: calls with a token older than the interval and a second when the task got it",
                        0,
                        totals.staleWhenTaken());
                bars.note(
                        "hand-over: age of the oldest token when a task got it, in seconds (interval 5)",
                        totals.oldestWhenTaken().toMillis() / 1e3);
                bars.note(
                        "hand-over: age of the oldest token in a call, in seconds",
                        totals.oldest().toMillis() / 1e3);
                bars.note("hand-over: calls of slow tasks, refused and repeated with a new token", totals.refused());
                bars.atLeast(
                        "hand-over: executors killed",
                        1,
                        cluster.events().executorsRemoved.get());
                bars.atLeast(
                        "hand-over: executors excluded",
                        1,
                        cluster.events().executorsExcluded.get());
                bars.equal("hand-over: outages of 20 s of the driver's store", 1, faults.outages());
                bars.note(
                        "hand-over: task attempts that failed (killed, or on purpose)",
                        cluster.events().tasksFailed.get());
                search(cluster, "hand-over", job);
            }
        }
    }

    /** Runs the job over all rows, and returns how many scores are those that the service gives. */
    static long right(Cluster cluster, FlatMapFunction<Iterator<Integer>, Integer> job, int rows) {
        List<Integer> numbers = IntStream.range(0, rows).boxed().toList();
        JavaRDD<Integer> scores =
                cluster.spark().parallelize(numbers, PARTITIONS).mapPartitions(job);
        List<Integer> collected = scores.collect();
        return IntStream.range(0, Math.min(rows, collected.size()))
                .filter(row -> collected.get(row) == ScoringService.scoreOf(row))
                .count();
    }

    private void search(Cluster cluster, String run, Object job) throws IOException, InterruptedException {
        LeakSearch search = new LeakSearch(Tokens.MARK);
        cluster.searchAll(search, List.of(job));
        bars.equal(
                run + ": places with a value, " + search.leaks(),
                0,
                search.leaks().size());
        bars.note(run + ": places searched", search.places());
        bars.note(run + ": megabytes searched", search.bytes() / 1e6);
        LeakSearch control = new LeakSearch(Tokens.MARK);
        control.bytes(
                "constant",
                Cluster.serialised(
                        new ScoreRowsWithConstant(URI.create("http://127.0.0.1"), "1-" + Tokens.MARK + "-1")));
        bars.equal(
                run + ": places with a value, of a job with a constant",
                1,
                control.leaks().size());
    }
}
