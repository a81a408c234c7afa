package dev.modelsecrets;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A provider that is asked for one name at a time. */
final class FunctionSecretProvider implements SecretProvider {

    private final String name;
    private final Function<String, Lookup> lookup;
    private final boolean fixed;

    FunctionSecretProvider(String name, Function<String, Lookup> lookup, boolean fixed) {
        this.fixed = fixed;
        this.name = name;
        this.lookup = lookup;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        Map<String, Lookup> answers = new HashMap<>();
        for (String secret : names) {
            answers.put(secret, lookup.apply(secret));
        }
        return answers;
    }

    @Override
    public Optional<Object> version() {
        return fixed ? Optional.of(this) : Optional.empty();
    }

    @Override
    public String toString() {
        return name;
    }
}
