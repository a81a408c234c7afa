package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A provider that is asked for one name at a time, so that what one lookup throws is about one name. */
final class FunctionSecretProvider implements SecretProvider {

    private final String name;
    private final Function<String, Lookup> lookup;

    FunctionSecretProvider(String name, Function<String, Lookup> lookup) {
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
            answers.put(secret, Providers.lookup(lookup, secret));
        }
        return answers;
    }

    @Override
    @JsonValue
    public String toString() {
        return name;
    }
}
