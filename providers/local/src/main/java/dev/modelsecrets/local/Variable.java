package dev.modelsecrets.local;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Values of environment variables, which the JVM may have damaged before anybody sees them. */
final class Variable {

    private Variable() {}

    /** Answers with a variable's value, if it is whole. */
    static Lookup lookup(String variable, String value) {
        SecretProvider variables =
                EnvironmentSecretProvider.of(Map.of(variable, value)).withPrefix("");
        return Objects.requireNonNull(variables.find(Set.of(variable)).get(variable));
    }
}
