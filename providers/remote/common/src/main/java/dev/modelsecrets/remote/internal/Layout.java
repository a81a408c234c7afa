package dev.modelsecrets.remote.internal;

import dev.modelsecrets.SecretDeclarations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which remote secret a name is in: one remote secret for each name, or a few whose keys are the names.
 *
 * <p>Immutable and thread-safe.
 */
public final class Layout {

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

    /**
     * Begins a layout for a system.
     *
     * @param systemMapping turns a declared name into one that the system can hold
     * @param systemKey the key that has the value in a secret for one name; null where the whole secret is the value
     * @return a builder whose default is one remote secret for each name
     */
    public static Builder builder(UnaryOperator<String> systemMapping, @Nullable String systemKey) {
        return new Builder(systemMapping, systemKey);
    }

    /**
     * Returns the remote secrets whose keys are the names, the first one first.
     *
     * @return remote names; empty with one secret for each name
     */
    public List<String> documents() {
        return documents;
    }

    /** Returns the key of a secret for one name; null where the whole secret is the value. */
    @Nullable
    String key() {
        return key;
    }

    /**
     * Maps names to remote secrets.
     *
     * @param names declared names
     * @return the remote name of each, in the same order
     * @throws IllegalArgumentException if two names map to one remote secret, or a mapping gives none
     */
    Map<String, String> remoteNames(Iterable<String> names) {
        Map<String, String> remotes = new LinkedHashMap<>();
        Map<String, String> owners = new LinkedHashMap<>();
        for (String name : names) {
            String remote = remoteName(name);
            String other = owners.put(ignoresCase ? remote.toLowerCase(Locale.ROOT) : remote, name);
            if (other != null) {
                throw new IllegalArgumentException("the names " + other + " and " + name
                        + " both map to the remote secret " + remote
                        + ": rename one, or give secretPerName(..) a mapping"
                        + " that keeps them apart");
            }
            remotes.put(name, remote);
        }
        return remotes;
    }

    /**
     * Maps one name to the remote secret that a person would set it in.
     *
     * @param name a declared name
     * @return the remote secret of this name, or the first of those whose keys are the names
     */
    public String remoteName(String name) {
        if (!documents.isEmpty()) {
            return documents.get(0);
        }
        @Nullable String remote = mapping.apply(name);
        if (remote == null || remote.isBlank()) {
            throw new IllegalArgumentException("the mapping gives no remote secret for the name " + name);
        }
        return remote;
    }

    /**
     * Returns the key that a person would set a name under.
     *
     * @param name a declared name
     * @return the key; null where the whole remote secret is the value
     */
    public @Nullable String keyFor(String name) {
        return documents.isEmpty() ? key : name;
    }

    @Override
    public String toString() {
        return documents.isEmpty() ? "one secret for each name" : "keys of " + String.join(", ", documents);
    }

    /** Takes the choices of a provider's builder. Not thread-safe. */
    public static final class Builder {

        private final UnaryOperator<String> systemMapping;
        private @Nullable UnaryOperator<String> mapping;
        private @Nullable String key;
        private final List<String> documents = new ArrayList<>();
        private boolean ignoresCase;
        private @Nullable SecretDeclarations declarations;

        private Builder(UnaryOperator<String> systemMapping, @Nullable String systemKey) {
            this.systemMapping = systemMapping;
            this.key = systemKey;
        }

        /**
         * Chooses one remote secret for each name, with a prefix in front of the system's own mapping.
         *
         * @param prefix goes in front of every name
         */
        public void secretPerName(String prefix) {
            Objects.requireNonNull(prefix, "prefix");
            secretPerName(name -> prefix + systemMapping.apply(name));
        }

        /**
         * Chooses one remote secret for each name.
         *
         * @param mapping from a declared name to the whole remote name
         */
        public void secretPerName(UnaryOperator<String> mapping) {
            this.mapping = Objects.requireNonNull(mapping, "mapping");
        }

        /**
         * Names the key that has the value in a secret for one name.
         *
         * @param key the key
         */
        public void key(String key) {
            this.key = Objects.requireNonNull(key, "key");
        }

        /**
         * Adds remote secrets whose keys are the names.
         *
         * @param secrets remote names; the first that has a key wins
         */
        public void keysOf(String... secrets) {
            for (String secret : secrets) {
                if (secret.isBlank()) {
                    throw new IllegalArgumentException("keysOf needs the name of a remote secret");
                }
                documents.add(secret);
            }
        }

        /** Says that the system takes remote names that differ in case only for the same. */
        public void ignoreCase() {
            ignoresCase = true;
        }

        /**
         * Tells the names that will be asked for, so that {@link #build()} can refuse two that map to one.
         *
         * @param declarations the names
         */
        public void declarations(SecretDeclarations declarations) {
            this.declarations = Objects.requireNonNull(declarations, "declarations");
        }

        /**
         * Checks the choices.
         *
         * @return the layout
         * @throws IllegalStateException if both layouts are chosen
         * @throws IllegalArgumentException if two of the declared names map to one remote secret
         */
        public Layout build() {
            if (mapping != null && !documents.isEmpty()) {
                throw new IllegalStateException("choose one layout: secretPerName(..) or keysOf(..)");
            }
            Layout layout = new Layout(this);
            if (declarations != null && documents.isEmpty()) {
                layout.remoteNames(declarations.names());
            }
            return layout;
        }
    }
}
