package dev.modelsecrets.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the operations of a batch; the platform's own messages are dropped, as they may quote what was sent.
 */
final class OciBatch {

    /** What became of one operation. */
    enum Result {
        SUCCESS,
        FAILURE,
        MISSING
    }

    private final Map<String, Result> results;

    private OciBatch(Map<String, Result> results) {
        this.results = results;
    }

    /** Reads the answer to a batch, or returns empty if it has no results. */
    static Optional<OciBatch> of(JsonNode answer) {
        JsonNode list = answer.path("results");
        if (!list.isArray()) {
            return Optional.empty();
        }
        Map<String, Result> results = new HashMap<>();
        for (JsonNode result : list) {
            Json.text(result, "name")
                    .ifPresent(name -> results.put(
                            name,
                            Json.text(result, "status")
                                            .filter("success"::equals)
                                            .isPresent()
                                    ? Result.SUCCESS
                                    : Result.FAILURE));
        }
        return Optional.of(new OciBatch(results));
    }

    Result resultOf(String name) {
        return results.getOrDefault(name, Result.MISSING);
    }
}
