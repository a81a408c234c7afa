package dev.modelsecrets;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A provider whose failures count as absent, with a WARN for each. */
final class OptionalSecretProvider implements SecretProvider {

    private final SecretProvider provider;

    OptionalSecretProvider(SecretProvider provider) {
        this.provider = provider;
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        Answers answers = Answers.of(provider, names);
        for (String problem : new LinkedHashSet<>(answers.failed.values())) {
            Log.warn("The optional provider " + answers.provider + " failed, so its secrets count as absent: "
                    + problem);
        }
        Map<String, Lookup> lookups = new HashMap<>(answers.lookups);
        answers.failed.forEach(
                (name, problem) -> lookups.put(name, Lookup.absent("failed, and is optional: " + problem)));
        return lookups;
    }

    void expire() {
        Asking.expire(provider);
    }

    @Override
    public AutoCloseable watch(Set<String> names, Runnable changed) {
        return provider.watch(names, changed);
    }

    @Override
    public Optional<String> remedy(String name) {
        return provider.remedy(name);
    }

    @Override
    public String toString() {
        return provider + " (optional)";
    }
}
