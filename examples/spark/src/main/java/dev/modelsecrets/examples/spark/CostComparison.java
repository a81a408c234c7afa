package dev.modelsecrets.examples.spark;

import dev.modelsecrets.spark.ModelSecrets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The time of the job beside that of the same job with a constant; both take turns in one cluster. */
final class CostComparison {

    /** Of another mark than the tokens that nothing may show. */
    private static final String CONSTANT = "test-token-in-a-closure";

    private static final int ROUNDS = 11;
    private static final int ROWS = 5_000;
    private static final int CALLS = 5_000_000;

    private final Cluster cluster;
    private final ScoringService service;
    private final Bars bars;

    CostComparison(Cluster cluster, ScoringService service, Bars bars) {
        this.cluster = cluster;
        this.service = service;
        this.bars = bars;
    }

    void run() {
        service.accept(CONSTANT);
        ScoreRowsWithConstant constant = new ScoreRowsWithConstant(service.address(), CONSTANT);
        ScoreRows resolved = new ScoreRows(service.address());
        measure(resolved);
        measure(constant);
        List<Double> wall = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            boolean first = round % 2 == 0;
            Cost one = measure(first ? resolved : constant);
            Cost other = measure(first ? constant : resolved);
            wall.add(first ? one.wall / other.wall : other.wall / one.wall);
            cpu.add(first ? one.cpu / other.cpu : other.cpu / one.cpu);
        }
        note("wall-clock time", wall);
        note("CPU time of the tasks", cpu);
        bars.note("nanoseconds for a call of ModelSecrets.get() in a task", nanosForACall());
    }

    private void note(String what, List<Double> ratios) {
        Collections.sort(ratios);
        bars.note(what + " as a multiple of that with a constant, median of " + ROUNDS, ratios.get(ROUNDS / 2));
        bars.note("  lowest", ratios.get(0));
        bars.note("  highest", ratios.get(ROUNDS - 1));
    }

    private record Cost(double wall, double cpu) {}

    private Cost measure(FlatMapFunction<Iterator<Integer>, Integer> job) {
        long cpu = cluster.events().cpuNanos.get();
        long begun = System.nanoTime();
        ScoringRun.right(cluster, job, ROWS);
        long wall = System.nanoTime() - begun;
        cluster.awaitEvents();
        return new Cost(wall, cluster.events().cpuNanos.get() - cpu);
    }

    private double nanosForACall() {
        return cluster.spark()
                .parallelize(List.of(CALLS), 1)
                .map(calls -> {
                    long begun = System.nanoTime();
                    int length = 0;
                    for (int call = 0; call < calls; call++) {
                        length += ModelSecrets.get().require("scoring_token").length();
                    }
                    return length > 0 ? (System.nanoTime() - begun) / (double) calls : 0;
                })
                .first();
    }
}
