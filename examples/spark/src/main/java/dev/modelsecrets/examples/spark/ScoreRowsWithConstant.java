package dev.modelsecrets.examples.spark;

import java.net.URI;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * What not to do, to compare with: the same job with a token that the driver closed over, serialised with each stage.
 */
final class ScoreRowsWithConstant implements FlatMapFunction<Iterator<Integer>, Integer> {

    private static final long serialVersionUID = 1L;

    private final URI service;
    private final String token;

    ScoreRowsWithConstant(URI service, String token) {
        this.service = service;
        this.token = token;
    }

    @Override
    public Iterator<Integer> call(Iterator<Integer> rows) {
        return new ScoringClient(service, token, () -> token).scores(rows);
    }
}
