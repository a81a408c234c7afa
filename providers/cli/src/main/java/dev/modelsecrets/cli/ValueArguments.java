package dev.modelsecrets.cli;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.store.SecretStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of a command that stores a value: a name, a key if one is meant, and where the value is.
 *
 * @param name the secret
 * @param key the key
 * @param source where the value is
 */
record ValueArguments(String name, Optional<String> key, Optional<String> source) {

    private static final String ONLY_KEY = "value";

    static ValueArguments of(Call call) {
        List<String> all = call.parameters();
        String name = SecretDeclarations.checkName(all.get(0));
        String last = all.get(all.size() - 1);
        boolean hasSource = all.size() > 1 && Values.isSource(last);
        List<String> keys = all.subList(1, hasSource ? all.size() - 1 : all.size());
        if (keys.size() > 1) {
            throw CommandException.usage("the last argument is " + Values.LABEL + ": a value is never an argument");
        }
        return new ValueArguments(
                name,
                keys.stream().findFirst().map(SecretDeclarations::checkName),
                hasSource ? Optional.of(last) : Optional.empty());
    }

    /** Returns the key that is named, else the only one that the secret has, else {@code value}. */
    String keyIn(SecretStore store) {
        if (key.isPresent()) {
            return key.get();
        }
        Set<String> keys = store.find(name).map(found -> found.keys()).orElse(Set.of());
        return keys.size() == 1 ? keys.iterator().next() : ONLY_KEY;
    }

    String value(Call call) throws IOException {
        return Values.read(
                call, source, "value of " + name + key.map(key -> " " + key).orElse(""));
    }
}
