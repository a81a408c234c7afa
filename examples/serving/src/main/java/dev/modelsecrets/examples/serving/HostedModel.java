package dev.modelsecrets.examples.serving;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretAccessDeniedException;
import dev.modelsecrets.Secrets;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One model and its secrets: each generation of the secrets has an instance of its own.
 *
 * <p>A request keeps the instance that it started with, so it sees one generation. An instance that was replaced is
 * closed when its last request is done. Thread-safe.
 */
final class HostedModel implements AutoCloseable {

    private final RefreshingSecrets secrets;
    private final Model.Maker maker;
    private final ServerLog log;

    // Guarded by this.
    private @Nullable Instance current;
    private boolean closed;

    HostedModel(RefreshingSecrets secrets, Model.Maker maker, ServerLog log) {
        this.secrets = secrets;
        this.maker = maker;
        this.log = log;
    }

    /** Makes the first instance, so that what cannot work fails before the first request. */
    void load() throws IOException {
        release(acquire());
    }

    /**
     * Answers one request.
     *
     * @throws SecretAccessDeniedException if the model may no longer see its secrets
     * @throws IOException if the model has no answer
     */
    String predict(String input) throws IOException {
        try {
            return predictOnce(input);
        } catch (RefusedException refused) {
            // The service has revoked the keys, and the next look at the mount may be a while away.
            secrets.refresh();
            return predictOnce(input);
        }
    }

    private String predictOnce(String input) throws IOException {
        Instance instance = acquire();
        try {
            return instance.model.predict(input);
        } finally {
            release(instance);
        }
    }

    private Instance acquire() throws IOException {
        Instance replaced = null;
        Instance acquired;
        synchronized (this) {
            if (closed) {
                throw new IOException("the server is shutting down");
            }
            Secrets newest = secrets.get();
            acquired = current;
            if (acquired == null || !acquired.secrets.equals(newest)) {
                replaced = acquired;
                acquired = new Instance(newest, maker.make(newest, log));
                current = acquired;
            }
            acquired.users++;
        }
        if (replaced != null) {
            release(replaced);
        }
        return acquired;
    }

    private void release(Instance instance) {
        boolean unused;
        synchronized (this) {
            unused = --instance.users == 0;
        }
        if (unused) {
            instance.model.close();
        }
    }

    /** Returns names and times, and why the last refresh failed; never a value. */
    String health() {
        String failure = secrets.lastFailure()
                .map(problem -> Json.quote(String.valueOf(problem.getMessage())))
                .orElse("null");
        return "{\"secrets\": " + Json.list(secrets.get().keySet()) + ", \"age_ms\": "
                + secrets.age().toMillis() + ", \"last_failure\": " + failure + "}";
    }

    /** Ends the model, or lets its last request end it. */
    @Override
    public void close() {
        Instance last;
        synchronized (this) {
            closed = true;
            last = current;
            current = null;
        }
        if (last != null) {
            release(last);
        }
    }

    /**
     * A model, the secrets that it was made with, and how many use it: its requests, and one as long as it is current.
     */
    private static final class Instance {

        final Secrets secrets;
        final Model model;
        int users = 1;

        Instance(Secrets secrets, Model model) {
            this.secrets = secrets;
            this.model = model;
        }
    }
}
