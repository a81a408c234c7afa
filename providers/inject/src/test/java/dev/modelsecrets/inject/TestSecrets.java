package dev.modelsecrets.inject;

import dev.modelsecrets.Secrets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Resolved secrets in the order in which they are written down. */
final class TestSecrets {

    private TestSecrets() {}

    /** Takes a name, its value, the next name, and so on. */
    static Secrets of(String... namesAndValues) {
        Map<String, String> secrets = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            secrets.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Secrets.of(secrets);
    }
}
