package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.modelsecrets.internal.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of the secrets that a model needs, in order, each required or with a fallback.
 *
 * <p>This is the {@code secrets:} section of a Truss {@code config.yaml} as a value. Immutable and thread-safe; {@code
 * toString} shows names only.
 */
public final class SecretDeclarations {

    private static final int LONGEST_DESCRIPTION = 200;

    private final NameSet names;

    /** At the position of each name its fallback, or null where a value is required. */
    private final transient @Nullable String[] defaults;

    /** The names that may stay without a value whatever the resolver says of defaults: optional record components. */
    private final Set<String> optional;

    private final Map<String, String> descriptions;

    private SecretDeclarations(
            NameSet names, @Nullable String[] defaults, Set<String> optional, Map<String, String> descriptions) {
        this.names = names;
        this.defaults = defaults;
        this.optional = optional;
        this.descriptions = descriptions;
    }

    /**
     * Declares names that all need a value.
     *
     * @param requiredNames the names, in the order in which they are to be handed over
     * @return the declarations
     * @throws InvalidSecretNameException if a name is not a secret name
     * @throws IllegalArgumentException if a name is declared twice
     */
    public static SecretDeclarations of(String... requiredNames) {
        String[] names = requiredNames.clone();
        for (String name : names) {
            NameSet.check(name);
        }
        return new SecretDeclarations(new NameSet(names), new @Nullable String[names.length], Set.of(), Map.of());
    }

    /**
     * Declares names with their fallbacks, as Truss does in the {@code secrets:} section of {@code config.yaml}.
     *
     * @param nameToDefault the fallback of each name, in the map's order; null means that a value is required
     * @return the declarations
     * @throws InvalidSecretNameException if a name is not a secret name
     */
    public static SecretDeclarations of(Map<String, @Nullable String> nameToDefault) {
        Builder builder = builder();
        for (Map.Entry<String, @Nullable String> entry : nameToDefault.entrySet()) {
            builder.add(entry.getKey(), entry.getValue());
        }
        return builder.build();
    }

    /**
     * Declares what a record needs, so that the record is the one place that names the secrets.
     *
     * <p>A component {@code hfAccessToken} declares {@code hf_access_token}, unless {@link SecretName} says otherwise;
     * an {@code Optional} component may stay without a value; a nested record declares its own components, with its
     * name and an underscore in front.
     *
     * @param type the record
     * @return the declarations, in the order of the components
     * @throws IllegalArgumentException if a component has a type that no secret can become
     */
    public static SecretDeclarations of(Class<? extends Record> type) {
        Builder builder = builder();
        RecordBinding.of(type).declareIn(builder::addForRecord);
        return builder.build();
    }

    /**
     * Starts declarations that mix required names and fallbacks.
     *
     * @return an empty builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the name if it is a secret name: {@code [-._a-zA-Z0-9]{1,253}}, and not {@code .} or {@code ..}.
     *
     * <p>Providers that build a path or a variable from a name call this first.
     *
     * @param name the name to check
     * @return the same name
     * @throws InvalidSecretNameException if it is not a secret name
     */
    public static String checkName(@Nullable String name) {
        return NameSet.check(name);
    }

    /**
     * Returns the declared names.
     *
     * @return an immutable set in declared order
     */
    public Set<String> names() {
        return names;
    }

    /**
     * Returns the fallback of a name.
     *
     * @param name a declared name
     * @return the fallback, or empty if a value is required
     * @throws IllegalArgumentException if the name is not declared
     */
    public Optional<String> defaultValue(String name) {
        int position = names.indexOf(name);
        if (position < 0) {
            throw new IllegalArgumentException(
                    "secret " + Text.quote(name) + " is not declared; declared are " + Text.list(names));
        }
        return Optional.ofNullable(defaults[position]);
    }

    /**
     * Returns what a secret is for, as {@link Builder#describe} was told.
     *
     * @param name a name
     * @return the description; empty if there is none
     */
    public Optional<String> description(String name) {
        return Optional.ofNullable(descriptions.get(name));
    }

    NameSet nameSet() {
        return names;
    }

    /** Returns the fallback that may be used, if any; an optional name's empty one always may. */
    @Nullable
    String fallbackAt(int position, boolean defaultsAllowed) {
        return defaultsAllowed || optional.contains(names.get(position)) ? defaults[position] : null;
    }

    /** Tells whether both declare the same names in the same order, with the same fallbacks and descriptions. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretDeclarations that
                && List.copyOf(names).equals(List.copyOf(that.names))
                && Arrays.equals(defaults, that.defaults)
                && optional.equals(that.optional)
                && descriptions.equals(that.descriptions);
    }

    @Override
    public int hashCode() {
        return 31 * names.hashCode() + Arrays.hashCode(defaults);
    }

    /** Returns the names, never a fallback. */
    @Override
    @JsonValue
    public String toString() {
        return "SecretDeclarations" + names;
    }

    /** Collects declarations in order; not thread-safe. */
    public static final class Builder {

        private final List<String> names = new ArrayList<>();
        private final transient List<@Nullable String> defaults = new ArrayList<>();
        private final Set<String> optional = new HashSet<>();
        private final Map<String, String> descriptions = new HashMap<>();

        private Builder() {}

        /**
         * Declares a name that needs a value.
         *
         * @param name the secret's name
         * @return this builder
         * @throws InvalidSecretNameException if it is not a secret name
         */
        public Builder required(String name) {
            return add(name, null);
        }

        /**
         * Declares a name with a fallback that is used when no provider has it.
         *
         * @param name the secret's name
         * @param defaultValue the fallback, as written; it may be empty
         * @return this builder
         * @throws InvalidSecretNameException if it is not a secret name
         */
        public Builder withDefault(String name, String defaultValue) {
            return add(name, Objects.requireNonNull(defaultValue, "defaultValue"));
        }

        /**
         * Declares a name that may stay without a value: it is an empty text then, also where a resolver allows no
         * defaults.
         *
         * @param name the secret's name
         * @return this builder
         * @throws InvalidSecretNameException if it is not a secret name
         */
        public Builder optional(String name) {
            add(name, "");
            optional.add(name);
            return this;
        }

        /**
         * Adds what others declare. A name that is declared already stays as it is, but is required if the others
         * require it.
         *
         * @param others other declarations
         * @return this builder
         */
        public Builder include(SecretDeclarations others) {
            for (String name : others.names) {
                @Nullable String fallback = others.fallbackAt(others.names.indexOf(name), true);
                int position = names.indexOf(name);
                if (position < 0) {
                    add(name, fallback);
                    if (others.optional.contains(name)) {
                        optional.add(name);
                    }
                } else if (fallback == null) {
                    require(position);
                }
                others.description(name).ifPresent(text -> descriptions.putIfAbsent(name, text));
            }
            return this;
        }

        private void require(int position) {
            defaults.set(position, null);
            optional.remove(names.get(position));
        }

        /**
         * Says what a declared secret is for; messages about it show the text.
         *
         * @param name a name that is declared already
         * @param text one short line, such as {@code "Hugging Face token with the scope read"}
         * @return this builder
         * @throws IllegalArgumentException if the name is not declared, or the text has more than 200 characters
         */
        public Builder describe(String name, String text) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("secret " + Text.quote(name) + " is not declared: declare it first");
            }
            if (text.length() > LONGEST_DESCRIPTION) {
                throw new IllegalArgumentException(
                        "the description of " + name + " has more than " + LONGEST_DESCRIPTION + " characters");
            }
            descriptions.put(name, Text.line(text));
            return this;
        }

        private Builder add(String name, @Nullable String defaultValue) {
            names.add(NameSet.check(name));
            defaults.add(defaultValue);
            return this;
        }

        /** Declares a name for a record, where several components may take one secret; required if one needs it. */
        void addForRecord(String name, boolean mayBeAbsent) {
            int position = names.indexOf(name);
            if (position < 0) {
                if (mayBeAbsent) {
                    optional(name);
                } else {
                    required(name);
                }
            } else if (!mayBeAbsent) {
                require(position);
            }
        }

        /**
         * Returns what was declared so far.
         *
         * @return immutable declarations
         * @throws IllegalArgumentException if a name is declared twice
         */
        public SecretDeclarations build() {
            return new SecretDeclarations(
                    new NameSet(names.toArray(new String[0])),
                    defaults.toArray(new @Nullable String[0]),
                    Set.copyOf(optional),
                    Map.copyOf(descriptions));
        }

        /**
         * Returns the names declared so far, never a fallback: printers that find no text of its own read the fields.
         */
        @Override
        public String toString() {
            return "SecretDeclarations.Builder" + names;
        }
    }
}
