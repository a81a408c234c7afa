package dev.modelsecrets.examples.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The time of the job beside that of the same job with a constant; both take turns in one cluster. */
final class CostComparison {

    /** Of another mark than the tokens that nothing may show. */
    private static final String CONSTANT = "test-token-in-a-closure";

    private static final int ROUNDS = 5;
    private static final int ROWS = 20_000;

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
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            boolean first = round % 2 == 0;
            double one = seconds(first ? resolved : constant);
            double other = seconds(first ? constant : resolved);
            ratios.add(first ? one / other : other / one);
        }
        Collections.sort(ratios);
        bars.note("time of the job as a multiple of that with a constant, median of 5", ratios.get(ROUNDS / 2));
        bars.note("the same, lowest", ratios.get(0));
        bars.note("the same, highest", ratios.get(ROUNDS - 1));
    }

    private double seconds(FlatMapFunction<Iterator<Integer>, Integer> job) {
        long begun = System.nanoTime();
        ScoringRun.right(cluster, job, ROWS);
        return (System.nanoTime() - begun) / 1e9;
    }
}
