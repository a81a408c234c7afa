package dev.modelsecrets.examples.spark;

import dev.modelsecrets.spark.ModelSecrets;
import dev.modelsecrets.spark.SecretReference;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Logs a token on each executor, and throws it, as careless code does. */
final class CarelessJob {

    /** Returns how many of four carelessnesses showed no token to the caller. */
    int run(Cluster cluster) {
        SecretReference token = SecretReference.of("scoring_token");
        int kept = 0;
        cluster.spark()
                .parallelize(List.of(1, 2, 3, 4), 4)
                .foreach(number -> LoggerFactory.getLogger("job").warn("trying with {}", token.reveal()));
        kept++;
        String message = messageOf(() -> cluster.spark()
                .parallelize(List.of(1), 1)
                .foreach(number -> ModelSecrets.redacting(() -> {
                    throw new IllegalStateException(
                            "rejected: " + token.reveal(), new RuntimeException(token.reveal()));
                })));
        kept += message.contains("rejected: [secret:scoring_token]") && !message.contains(Tokens.MARK) ? 1 : 0;
        kept += messageOf(() -> token.reveal()).contains("The driver takes no secret") ? 1 : 0;
        kept += messageOf(() -> ModelSecrets.get()).contains("The driver takes no secret") ? 1 : 0;
        return kept;
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
