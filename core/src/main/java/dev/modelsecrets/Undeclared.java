package dev.modelsecrets;

import dev.modelsecrets.internal.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words about names that code asks for and nobody declared. */
final class Undeclared {

    private Undeclared() {}

    /** Describes secrets that a record needs and that were not among the resolved ones. */
    static MissingSecretsException unbound(Class<?> type, List<String> missing, Set<String> declared) {
        List<String> described = new ArrayList<>();
        for (String name : missing) {
            described.add(name + alike(name, declared));
        }
        return new MissingSecretsException(
                missing,
                type.getSimpleName() + " needs secrets that are not among the resolved ones: "
                        + Text.list(described) + ". " + known(declared)
                        + ". Declare them with SecretDeclarations.of(" + type.getSimpleName() + ".class).");
    }

    /** Points out a declared name that differs in case and punctuation only. */
    private static String alike(String name, Set<String> declared) {
        for (String other : declared) {
            if (folded(other).equals(folded(name))) {
                return " (" + other + " is: @SecretName(\"" + other + "\") takes it)";
            }
        }
        return "";
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-._]", "");
    }

    /** Describes a name that the code asks for and nobody declared. */
    static RuntimeException name(String name, Set<String> declared) {
        return new MissingSecretsException(
                List.of(name),
                "secret " + Text.quote(name) + " is not among the resolved secrets. " + known(declared)
                        + ". Declare it where the others are declared.");
    }

    private static String known(Set<String> declared) {
        return declared.isEmpty() ? "No secret is declared" : "Declared are " + Text.list(declared);
    }
}
