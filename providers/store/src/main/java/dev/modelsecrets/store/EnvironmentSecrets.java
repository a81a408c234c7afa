package dev.modelsecrets.store;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.store.internal.Json;
import dev.modelsecrets.store.internal.Json.Field;
import dev.modelsecrets.store.internal.Json.Kind;
import dev.modelsecrets.store.internal.Json.MalformedJsonException;
import dev.modelsecrets.store.internal.Json.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads which secrets a blueprint of OCI AI Blueprints maps to variables, and collects everything that is wrong. */
final class EnvironmentSecrets {

    private static final String FIELD = "recipe_environment_secrets";
    private static final Set<String> FIELDS = Set.of("envvar_name", "secret_name", "secret_key");

    /** A key of a secret. */
    record Reference(String secret, String key) {}

    private final Predicate<String> isMapped;
    private final Map<String, Reference> found = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private EnvironmentSecrets(Predicate<String> isMapped) {
        this.isMapped = isMapped;
    }

    /**
     * Reads a document.
     *
     * @param isMapped tells which names are mapped elsewhere already
     * @return the references by the name of their variable
     * @throws InvalidSecretException if it is not such a document
     */
    static Map<String, Reference> parse(String json, Predicate<String> isMapped) {
        @Nullable Node list;
        try {
            list = Json.parse(json);
        } catch (MalformedJsonException e) {
            throw invalid(List.of("it " + e.problem()));
        }
        if (list.kind() == Kind.OBJECT) {
            list = list.get(FIELD);
        }
        if (list == null || list.kind() != Kind.ARRAY) {
            throw invalid(List.of("it has to be a list, or an object with the list " + FIELD));
        }
        EnvironmentSecrets reader = new EnvironmentSecrets(isMapped);
        for (int i = 0; i < list.items().size(); i++) {
            reader.read(FIELD + "[" + i + "]: ", list.items().get(i));
        }
        if (!reader.problems.isEmpty()) {
            throw invalid(reader.problems);
        }
        return reader.found;
    }

    private static InvalidSecretException invalid(List<String> problems) {
        return new InvalidSecretException("the document does not map secrets to variables", problems);
    }

    private void read(String at, Node triple) {
        int before = problems.size();
        Map<String, String> values = new HashMap<>();
        for (Field field : triple.fields()) {
            if (!FIELDS.contains(field.name())) {
                problems.add(at + "unknown field at " + field.value().place());
            } else if (field.value().kind() != Kind.STRING) {
                problems.add(at + field.name() + " has to be a string, and is "
                        + field.value().kind().words());
            } else if (!isName(field.value().text())) {
                problems.add(at + field.name() + " is not a valid name");
            } else if (values.put(field.name(), field.value().text()) != null) {
                problems.add(at + field.name() + " stands there twice");
            }
        }
        String name = values.get("envvar_name");
        String secret = values.get("secret_name");
        String key = values.get("secret_key");
        if (name != null && secret != null && key != null) {
            if (problems.size() == before && (isMapped.test(name) || found.containsKey(name))) {
                problems.add(at + "envvar_name is mapped already");
            }
            found.put(name, new Reference(secret, key));
        } else if (problems.size() == before) {
            problems.add(at + "envvar_name, secret_name and secret_key are needed");
        }
    }

    private static boolean isName(String text) {
        try {
            SecretDeclarations.checkName(text);
            return true;
        } catch (InvalidSecretNameException e) {
            return false;
        }
    }
}
