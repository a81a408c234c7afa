package dev.modelsecrets.examples.serving;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretAccessDeniedException;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.SecretsResolver;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The models of the server, each with the secrets that it may see: here the library is used.
 *
 * <p>Resolve for all models, build the log from all redactors, then make the models. A model that the access policy
 * denies is not made; the others are served. Thread-safe.
 */
final class ModelHost implements AutoCloseable {

    private final Map<String, RefreshingSecrets> secrets = new LinkedHashMap<>();
    private final Map<String, HostedModel> models = new LinkedHashMap<>();
    private final Map<String, String> denied = new LinkedHashMap<>();
    private final ServerLog log;

    private ModelHost(SecretsResolver resolver, Duration interval, List<ModelSpec> specs, Writer logTarget) {
        for (ModelSpec spec : specs) {
            resolve(resolver, interval, spec);
        }
        log = ServerLog.over(logTarget, secrets.values());
    }

    /**
     * Makes the models.
     *
     * @param resolver has an access policy, which decides what each model may see
     * @param interval how often to look for rotated secrets
     * @param specs the models
     * @param logTarget gets the log; closed with the host
     * @throws SecretsException if a model's secrets cannot be resolved
     * @throws IOException if a model cannot be started
     */
    static ModelHost start(SecretsResolver resolver, Duration interval, List<ModelSpec> specs, Writer logTarget)
            throws IOException {
        ModelHost host = new ModelHost(resolver, interval, specs, logTarget);
        try {
            host.load(specs);
            return host;
        } catch (IOException | RuntimeException e) {
            host.close();
            throw e;
        }
    }

    private void resolve(SecretsResolver resolver, Duration interval, ModelSpec spec) {
        String model = spec.name();
        try {
            secrets.put(model, resolver.forModel(model).refreshing(spec.declarations(), interval));
        } catch (SecretAccessDeniedException e) {
            denied.put(model, String.valueOf(e.getMessage()));
        } catch (SecretsException e) {
            secrets.values().forEach(RefreshingSecrets::close);
            throw e;
        }
    }

    private void load(List<ModelSpec> specs) throws IOException {
        denied.forEach((model, reason) -> log.line(model + ": not served: " + reason));
        for (ModelSpec spec : specs) {
            RefreshingSecrets own = secrets.get(spec.name());
            if (own != null) {
                own.onChange(change -> log.line(spec.name() + ": new values of " + new TreeSet<>(change.changed())));
                HostedModel model = new HostedModel(own, spec.maker(), log);
                models.put(spec.name(), model);
                model.load();
                log.line(spec.name() + ": ready, with " + own.get());
            }
        }
    }

    /** Returns a model, or empty if there is none that is served. */
    Optional<HostedModel> find(String model) {
        return Optional.ofNullable(models.get(model));
    }

    /** Tells whether the access policy keeps a model from being served. */
    boolean isDenied(String model) {
        return denied.containsKey(model);
    }

    ServerLog log() {
        return log;
    }

    /** Looks at the secrets of all models again; a failure shows in {@link #health()}. */
    void refresh() {
        for (RefreshingSecrets each : secrets.values()) {
            try {
                each.refresh();
            } catch (SecretAccessDeniedException e) {
                log.line("refresh: " + e.getMessage());
            }
        }
    }

    /** Returns all models and the age of their secrets; nothing of a denied model but its name. */
    String health() {
        List<String> entries = new ArrayList<>();
        models.forEach((model, hosted) -> entries.add(Json.quote(model) + ": " + hosted.health()));
        return "{\"models\": {" + String.join(", ", entries) + "}, \"denied\": " + Json.list(denied.keySet()) + "}";
    }

    /** Ends the models, then the threads that refresh, then the log. */
    @Override
    public void close() {
        models.values().forEach(HostedModel::close);
        secrets.values().forEach(RefreshingSecrets::close);
        log.close();
    }
}
