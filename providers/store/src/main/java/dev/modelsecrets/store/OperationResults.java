package dev.modelsecrets.store;

import dev.modelsecrets.SecretsException;
import dev.modelsecrets.store.OperationResult.Status;
import dev.modelsecrets.store.internal.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a batch; immutable and thread-safe, holds no values. */
public final class OperationResults {

    private final List<OperationResult> results;
    private final @Nullable SecretsException failure;

    OperationResults(List<OperationResult> results, @Nullable SecretsException failure) {
        this.results = List.copyOf(results);
        this.failure = failure;
    }

    /**
     * Returns the result of each operation.
     *
     * @return the results, in the order of the batch
     */
    public List<OperationResult> results() {
        return results;
    }

    /**
     * Tells whether all operations were carried out.
     *
     * @return true if none was refused and none failed
     */
    public boolean succeeded() {
        return results.stream().allMatch(OperationResult::succeeded);
    }

    /**
     * Returns why the store could not do its work, for the log of a server: the message may have a path.
     *
     * @return the exception, or empty if no operation has the status {@link Status#FAILED}
     */
    public Optional<SecretsException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Returns the answer that OCI AI Blueprints gives, as a JSON document.
     *
     * @return {@code operations_processed}, the size of the batch, and {@code results}
     */
    public String toJson() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("operations_processed", results.size());
            json.writeArrayFieldStart("results");
            for (OperationResult result : results) {
                json.writeStartObject();
                json.writeStringField("action", result.action());
                json.writeStringField("name", result.name());
                json.writeStringField("namespace", result.namespace());
                json.writeStringField("status", result.status().id());
                json.writeStringField("message", result.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** Returns the JSON document. */
    @Override
    public String toString() {
        return toJson();
    }
}
