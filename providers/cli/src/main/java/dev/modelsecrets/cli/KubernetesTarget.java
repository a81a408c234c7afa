package dev.modelsecrets.cli;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.kubernetes.KubernetesSecretStore;
import dev.modelsecrets.store.StoredSecret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Secrets of a namespace: one for each name with the key {@code value}, or one whose keys are the names. */
final class KubernetesTarget implements PushTarget {

    private static final String ONLY_KEY = "value";

    private final KubernetesSecretStore store;
    private final Optional<String> joined;
    private final Map<String, StoredSecret> wanted = new LinkedHashMap<>();
    private final List<Row> plan = new ArrayList<>();

    KubernetesTarget(KubernetesSecretStore store, Optional<String> joined) {
        this.store = store;
        this.joined = joined;
    }

    @Override
    public String name() {
        return store.location();
    }

    @Override
    public List<Row> plan(Secrets secrets) {
        if (joined.isPresent()) {
            wanted.put(
                    joined.get(),
                    StoredSecret.builder(joined.get()).values(secrets).build());
        } else {
            secrets.forEach((name, value) -> wanted.put(
                    name, StoredSecret.builder(name).value(ONLY_KEY, value).build()));
        }
        for (String name : wanted.keySet()) {
            plan.add(planned(name));
        }
        return List.copyOf(plan);
    }

    private Row planned(String name) {
        return store.find(name)
                .map(found -> new Row(name, WRITE, "it has " + String.join(", ", found.keys())))
                .orElseGet(() -> new Row(name, CREATE, ""));
    }

    @Override
    public List<Row> push(boolean onlyMissing) {
        List<Row> results = new ArrayList<>();
        for (Row row : plan) {
            if (!onlyMissing || row.word().equals(CREATE)) {
                results.add(pushed(row.name()));
            }
        }
        return results;
    }

    private Row pushed(String name) {
        try {
            store.put(Optional.ofNullable(wanted.get(name)).orElseThrow());
            return new Row(name, WRITTEN, "");
        } catch (SecretsException e) {
            return new Row(name, FAILED, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
