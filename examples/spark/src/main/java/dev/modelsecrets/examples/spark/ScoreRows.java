package dev.modelsecrets.examples.spark;

import dev.modelsecrets.spark.ModelSecrets;
import java.net.URI;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The job: scores the rows of a partition with the token that the executor has. What is serialised is the address. */
final class ScoreRows implements FlatMapFunction<Iterator<Integer>, Integer> {

    private static final long serialVersionUID = 1L;

    private final URI service;

    ScoreRows(URI service) {
        this.service = service;
    }

    @Override
    public Iterator<Integer> call(Iterator<Integer> rows) {
        ScoringClient client = new ScoringClient(
                service,
                ModelSecrets.get().require("scoring_token"), // one generation for the task
                () -> ModelSecrets.refresh().require("scoring_token")); // after a 401
        return ModelSecrets.redacting(client.scores(rows));
    }
}
