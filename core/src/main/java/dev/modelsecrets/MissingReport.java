package dev.modelsecrets;

import dev.modelsecrets.internal.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words of a {@link MissingSecretsException}. */
final class MissingReport {

    private MissingReport() {}

    /**
     * Describes secrets that nobody has, under a general type: then a start that goes well loads no exception.
     *
     * @param missing their names
     * @param declarations what was declared
     * @param providers the chain
     * @param answers the answers of each provider of the chain, in the same order
     */
    static RuntimeException of(
            List<String> missing,
            SecretDeclarations declarations,
            List<SecretProvider> providers,
            List<Map<String, Lookup>> answers) {
        int width = 0;
        for (SecretProvider provider : providers) {
            width = Math.max(width, provider.name().length());
        }
        StringBuilder message = new StringBuilder()
                .append(missing.size())
                .append(" of ")
                .append(declarations.names().size())
                .append(declarations.names().size() == 1 ? " declared secret" : " declared secrets")
                .append(missing.size() == 1 ? " has no value:" : " have no value:");
        for (String name : missing) {
            message.append("\n  ").append(name);
            for (int i = 0; i < providers.size(); i++) {
                message.append("\n    ");
                Text.pad(message, providers.get(i).name(), width + 4).append(reason(answers.get(i), name));
            }
            if (declarations.defaultValue(name).isPresent()) {
                message.append("\n    its default is not used, because this resolver does not allow defaults");
            }
        }
        message.append('\n').append(remedy(missing, providers));
        return new MissingSecretsException(missing, message.toString());
    }

    static String reason(Map<String, Lookup> answers, String name) {
        Lookup lookup = answers.get(name);
        return lookup == null ? "has no such secret" : lookup.reason();
    }

    private static String remedy(List<String> missing, List<SecretProvider> providers) {
        if (providers.isEmpty()) {
            return "The resolver has no provider: give it at least one.";
        }
        String what = missing.size() == 1 ? "Set it" : "Set each one";
        for (SecretProvider provider : providers) {
            Optional<String> remedy = Asking.remedy(provider, missing.get(0));
            if (remedy.isPresent()) {
                return what + " in any of these places, for example: " + remedy.get();
            }
        }
        return what + " in any of these places.";
    }

    /** Describes secrets that a record needs and that were not among the resolved ones. */
    static MissingSecretsException unbound(Class<?> type, List<String> missing, Set<String> declared) {
        return new MissingSecretsException(
                missing,
                type.getSimpleName() + " needs secrets that are not among the resolved ones: "
                        + String.join(", ", missing) + ". " + known(declared)
                        + ". Declare them with SecretDeclarations.of(" + type.getSimpleName() + ".class).");
    }

    private static String known(Set<String> declared) {
        return declared.isEmpty() ? "No secret is declared" : "Declared are " + String.join(", ", declared);
    }

    /** Describes a name that the code asks for and nobody declared, under a general type too. */
    static RuntimeException undeclared(String name, Set<String> declared) {
        return new MissingSecretsException(
                List.of(name),
                "secret " + Text.quote(name) + " is not among the resolved secrets. " + known(declared)
                        + ". Declare it where the others are declared.");
    }
}
