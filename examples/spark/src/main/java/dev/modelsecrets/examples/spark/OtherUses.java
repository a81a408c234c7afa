package dev.modelsecrets.examples.spark;

import dev.modelsecrets.spark.ModelSecrets;
import dev.modelsecrets.spark.SecretReference;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** What else jobs do with a token: shuffle a reference to it, log it, throw it, ask for it on the driver. */
final class OtherUses {

    private final Cluster cluster;
    private final Bars bars;
    private final SecretReference token = SecretReference.of("scoring_token");

    OtherUses(Cluster cluster, Bars bars) {
        this.cluster = cluster;
        this.bars = bars;
    }

    void run() throws IOException, InterruptedException {
        bars.equal("own source: groups whose shuffled reference was revealed", 7, shuffled());
        logged();
        bars.equal(
                "own source: log lines with the token replaced",
                1,
                cluster.awaitInLogs("trying with [secret:") ? 1 : 0);
        bars.equal(
                "own source: exceptions with the token replaced", 1, thrown().contains("rejected: [secret:") ? 1 : 0);
        String refusal = messageOf(token::reveal) + messageOf(ModelSecrets::get);
        bars.equal("own source: refusals on the driver", 2, refusal.split("The driver takes no secret", -1).length - 1);
    }

    /** The reference is written to shuffle files and to blocks on disk, the value is not. */
    private long shuffled() {
        SecretReference reference = token;
        return cluster.spark()
                .parallelize(IntStream.range(0, 1_000).boxed().toList(), 10)
                .mapToPair(row -> new Tuple2<>(row % 7, reference))
                .groupByKey()
                .persist(StorageLevel.DISK_ONLY())
                .mapValues(references -> references.iterator().next().reveal())
                .filter(group -> group._2().contains(Tokens.MARK))
                .count();
    }

    private void logged() {
        SecretReference reference = token;
        cluster.spark()
                .parallelize(List.of(1, 2, 3, 4), 4)
                .foreach(number -> LoggerFactory.getLogger("job").warn("trying with {}", reference.reveal()));
    }

    private String thrown() {
        SecretReference reference = token;
        return messageOf(() -> cluster.spark()
                .parallelize(List.of(1), 1)
                .foreach(number -> ModelSecrets.redacting(() -> {
                    throw new IllegalStateException(
                            "rejected: " + reference.reveal(), new RuntimeException(reference.reveal()));
                })));
    }

    private static String messageOf(Runnable action) {
        try {
            action.run();
            return "";
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
    }
}
