package dev.modelsecrets.standard.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of secrets that sections of a Truss other than {@code secrets:} point at. Immutable. */
public final class SecretReferences {

    private static final String DEFAULT_OF_MODEL_CACHE = "hf_access_token";
    private static final String MAPPING = "build.secret_to_path_mapping";

    private final Map<String, DocumentValue> scalars;

    /**
     * Takes what stands in the other sections, by paths such as {@code weights[0].source}.
     *
     * @param scalars the values by their paths, in the order of the document
     */
    public SecretReferences(Map<String, DocumentValue> scalars) {
        this.scalars = scalars;
    }

    /**
     * Returns the names, each with the place that points at it; a name that is not text is given as its path.
     *
     * @return an immutable map
     */
    public Map<String, DocumentValue> names() {
        Map<String, DocumentValue> names = new LinkedHashMap<>();
        for (int i = 0; scalars.containsKey("weights[" + i + "]"); i++) {
            add(names, "weights[" + i + "].auth_secret_name");
            add(names, "weights[" + i + "].auth.auth_secret_name");
        }
        for (int i = 0; scalars.containsKey("model_cache[" + i + "]"); i++) {
            if (!add(names, "model_cache[" + i + "].runtime_secret_name")) {
                names.putIfAbsent(
                        DEFAULT_OF_MODEL_CACHE,
                        require("model_cache[" + i + "]").withoutProblem());
            }
        }
        add(names, "docker_auth.secret_name");
        String start = MAPPING + ".";
        for (Map.Entry<String, DocumentValue> entry : scalars.entrySet()) {
            if (entry.getKey().startsWith(start)) {
                names.putIfAbsent(
                        entry.getKey().substring(start.length()),
                        entry.getValue().withoutProblem());
            }
        }
        return Collections.unmodifiableMap(names);
    }

    private boolean add(Map<String, DocumentValue> names, String path) {
        @Nullable DocumentValue value = scalars.get(path);
        if (value == null) {
            return false;
        }
        if (value.problem() != null) {
            names.put(path, value);
            return true;
        }
        if (value.text() == null) {
            return false;
        }
        names.putIfAbsent(value.text(), value);
        return true;
    }

    private DocumentValue require(String path) {
        return Objects.requireNonNull(scalars.get(path), path);
    }

    /** Tells whether {@code runtime.oidc.enabled} is true. */
    public boolean usesOidc() {
        @Nullable DocumentValue enabled = scalars.get("runtime.oidc.enabled");
        return enabled != null
                && enabled.text() != null
                && Set.of("true", "yes", "on").contains(lowerCase(enabled.text()));
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
