package dev.modelsecrets.examples.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.FlatMapFunction;

/** A job that fails twice on an executor whose id a file names, so that Spark excludes that executor. */
final class FailOnDemand implements FlatMapFunction<Iterator<Integer>, Integer> {

    private static final long serialVersionUID = 1L;
    private static final AtomicInteger FAILURES = new AtomicInteger();

    private final ScoreRows job;
    private final String file;

    FailOnDemand(ScoreRows job, String file) {
        this.job = job;
        this.file = file;
    }

    @Override
    public Iterator<Integer> call(Iterator<Integer> rows) throws Exception {
        Path wanted = Path.of(file);
        if (Files.exists(wanted)
                && Files.readString(wanted).equals(SparkEnv.get().executorId())
                && FAILURES.getAndIncrement() < 2) {
            throw new IllegalStateException("a failure on purpose");
        }
        return job.call(rows);
    }
}
