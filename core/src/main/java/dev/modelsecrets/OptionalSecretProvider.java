package dev.modelsecrets;

import java.util.HashMap;
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
        try {
            return Asking.ask(provider, names);
        } catch (SecretsException failure) {
            Log.warn("The optional provider failed, so its secrets count as absent. " + failure.getMessage());
            Lookup absent = Lookup.absent("failed, and is optional: " + Asking.problem(failure));
            Map<String, Lookup> answers = new HashMap<>();
            for (String name : names) {
                answers.put(name, absent);
            }
            return answers;
        }
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
