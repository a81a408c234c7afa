package dev.modelsecrets.remote;

import dev.modelsecrets.SecretDeclarations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which remote secret a name is in: one remote secret for each name, or a few whose keys are the names.
 *
 * <p>Immutable and thread-safe.
 */
final class Layout {

    private final UnaryOperator<String> mapping;
    private final @Nullable String key;
    private final List<String> documents;
    private final boolean ignoresCase;

    private Layout(Builder builder) {
        this.mapping = builder.mapping == null ? builder.systemMapping : builder.mapping;
        this.key = builder.key;
        this.documents = List.copyOf(builder.documents);
        this.ignoresCase = builder.ignoresCase;
    }

    /** Returns the remote secrets whose keys are the names, the first one first; none with one secret for each name. */
    List<String> documents() {
        return documents;
    }

    /** Returns the key of a secret for one name; null where the whole secret is the value. */
    @Nullable
    String key() {
        return key;
    }

    /** Returns the remote secret of a name, or the first of those whose keys are the names. */
    String remoteName(String name) {
        if (!documents.isEmpty()) {
            return documents.get(0);
        }
        @Nullable String remote = mapping.apply(name);
        if (remote == null || remote.isBlank()) {
            throw new IllegalArgumentException(noSecret(name));
        }
        return remote;
    }

    private static String noSecret(String name) {
        return "the mapping gives no remote secret for the name " + name;
    }

    /** Returns what is wrong with names that have no remote secret to themselves. */
    Map<String, String> problems(Set<String> names) {
        Map<String, String> problems = new LinkedHashMap<>();
        Map<String, String> owners = new LinkedHashMap<>();
        for (String name : names) {
            @Nullable String remote = mapping.apply(name);
            if (remote == null || remote.isBlank()) {
                problems.put(name, noSecret(name));
                continue;
            }
            String other = owners.putIfAbsent(ignoresCase ? remote.toLowerCase(Locale.ROOT) : remote, name);
            if (other != null) {
                String problem = "the names " + other + " and " + name + " both map to the remote secret " + remote
                        + ": rename one, or give secretPerName(..) a mapping that keeps them apart";
                problems.putIfAbsent(other, problem);
                problems.put(name, problem);
            }
        }
        return problems;
    }

    @Override
    public String toString() {
        return documents.isEmpty() ? "one secret for each name" : "keys of " + String.join(", ", documents);
    }

    /** Takes the choices of a provider's builder. Not thread-safe. */
    static final class Builder {

        private final UnaryOperator<String> systemMapping;
        private @Nullable UnaryOperator<String> mapping;
        private @Nullable String key;
        private final List<String> documents = new ArrayList<>();
        private boolean ignoresCase;
        private @Nullable SecretDeclarations declarations;

        /**
         * Begins a layout for a store, by default with one remote secret for each name.
         *
         * @param systemMapping turns a declared name into one that the store can hold
         * @param systemKey the key that has the value in a secret for one name; null where the whole secret is the
         *     value
         */
        Builder(UnaryOperator<String> systemMapping, @Nullable String systemKey) {
            this.systemMapping = Objects.requireNonNull(systemMapping, "mapping");
            this.key = systemKey;
        }

        void secretPerName(String prefix) {
            Objects.requireNonNull(prefix, "prefix");
            secretPerName(name -> prefix + systemMapping.apply(name));
        }

        void secretPerName(UnaryOperator<String> chosen) {
            this.mapping = Objects.requireNonNull(chosen, "mapping");
        }

        void key(String chosen) {
            this.key = Objects.requireNonNull(chosen, "key");
        }

        void keysOf(String... secrets) {
            for (String secret : secrets) {
                if (secret.isBlank()) {
                    throw new IllegalArgumentException("keysOf needs the name of a remote secret");
                }
                documents.add(secret);
            }
        }

        void ignoreCase() {
            ignoresCase = true;
        }

        void declarations(SecretDeclarations names) {
            this.declarations = Objects.requireNonNull(names, "declarations");
        }

        Layout build() {
            if (mapping != null && !documents.isEmpty()) {
                throw new IllegalStateException("choose one layout: secretPerName(..) or keysOf(..)");
            }
            Layout layout = new Layout(this);
            if (declarations != null && documents.isEmpty()) {
                layout.problems(declarations.names()).values().stream()
                        .findFirst()
                        .ifPresent(problem -> {
                            throw new IllegalArgumentException(problem);
                        });
            }
            return layout;
        }
    }
}
