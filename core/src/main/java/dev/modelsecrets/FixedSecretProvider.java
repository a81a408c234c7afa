package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A provider of fixed values; their location is the secret's name. */
final class FixedSecretProvider implements SecretProvider {

    private final String name;
    private final transient Map<String, String> values;

    FixedSecretProvider(String name, Map<String, String> values) {
        this.name = name;
        this.values = Map.copyOf(values);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        Map<String, Lookup> answers = new HashMap<>();
        for (String secret : names) {
            String value = values.get(secret);
            answers.put(secret, value == null ? Lookup.absent("has no such secret") : Lookup.found(value, secret));
        }
        return answers;
    }

    /** Returns the provider itself: its answers never change. */
    @Override
    public Optional<Object> version() {
        return Optional.of(this);
    }

    @Override
    @JsonValue
    public String toString() {
        return name;
    }
}
