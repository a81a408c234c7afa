package dev.modelsecrets.store;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A secret on its way into a store: a name, a type, a description, keys with values, and how it is mounted.
 *
 * <p>Immutable and thread-safe. The values go in and are not handed out again, nor printed; no store returns a {@code
 * StoredSecret}, see {@link SecretMetadata} for what it tells.
 */
public final class StoredSecret {

    /** The most bytes that a value may have: what a mounted file may have. */
    private static final int LARGEST_VALUE = 1 << 20;

    private static final int LONGEST_ROTATION = 365_000;

    private final String name;
    private final @Nullable SecretType type;
    private final @Nullable String description;
    private final @Nullable SecretMount mount;
    private final @Nullable SecretStage stage;
    private final @Nullable Map<String, String> labels;
    private final @Nullable SecretTemplate template;
    private final @Nullable Instant expires;
    private final @Nullable Duration rotationPeriod;
    private final boolean checkFormats;
    private final transient Map<String, String> values;

    private StoredSecret(Builder builder, @Nullable SecretType type) {
        this.name = builder.name;
        this.type = type;
        this.description = builder.description;
        this.mount = builder.mount;
        this.stage = builder.stage;
        this.labels = builder.labels;
        this.template = builder.template;
        this.expires = builder.expires;
        this.rotationPeriod = builder.rotationPeriod;
        this.checkFormats = builder.checkFormats;
        this.values = new LinkedHashMap<>(builder.values);
    }

    /**
     * Starts a whole secret, to create, replace or put.
     *
     * @param name the secret's name
     * @return a builder; not thread-safe
     * @throws InvalidSecretNameException if it is not a secret name
     */
    public static Builder builder(String name) {
        return new Builder(name, true);
    }

    /**
     * Starts a change of some keys of a secret that exists, to update: what is not given stays as it is.
     *
     * @param name the secret's name
     * @return a builder; not thread-safe
     * @throws InvalidSecretNameException if it is not a secret name
     */
    public static Builder changesTo(String name) {
        return new Builder(name, false);
    }

    /**
     * Returns the secret's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the names of the keys that are given.
     *
     * @return the names, in the order in which they were given; immutable
     */
    public Set<String> keys() {
        return Collections.unmodifiableSet(values.keySet());
    }

    Optional<SecretType> type() {
        return Optional.ofNullable(type);
    }

    Optional<SecretMount> mount() {
        return Optional.ofNullable(mount);
    }

    Optional<SecretStage> stage() {
        return Optional.ofNullable(stage);
    }

    Optional<SecretTemplate> template() {
        return Optional.ofNullable(template);
    }

    boolean checksFormats() {
        return checkFormats;
    }

    /** Sets what is given here, and leaves what is not as it was. */
    void applyTo(SecretMetadata.Builder metadata) {
        if (description != null) {
            metadata.description(description);
        }
        if (mount != null) {
            metadata.mount(mount);
        }
        if (stage != null) {
            metadata.stage(stage);
        }
        if (labels != null) {
            metadata.labels(labels);
        }
        if (template != null) {
            metadata.template(template);
        }
        if (expires != null) {
            if (expires.equals(Instant.MAX)) {
                metadata.neverExpires();
            } else {
                metadata.expires(expires);
            }
        }
    }

    Optional<Duration> rotationPeriod() {
        return Optional.ofNullable(rotationPeriod);
    }

    Map<String, String> values() {
        return values;
    }

    /** Returns the name of the secret and of its keys. */
    @Override
    public String toString() {
        return "StoredSecret[" + name + ", keys " + values.keySet() + "]";
    }

    /** Checks what keys a container registry may have; returns the problems. */
    static List<String> problemsOfKeys(SecretType type, Set<String> keys, boolean complete) {
        List<String> problems = new ArrayList<>();
        if (type == SecretType.CONTAINER_REGISTRY) {
            for (String key : SecretType.REGISTRY_KEYS) {
                if (complete && !keys.contains(key)) {
                    problems.add("a container_registry secret needs the key " + key);
                }
            }
            if (!SecretType.REGISTRY_KEYS.containsAll(keys)) {
                problems.add("a container_registry secret has the keys " + String.join(", ", SecretType.REGISTRY_KEYS)
                        + " and no others");
            }
        } else if (complete && keys.isEmpty()) {
            problems.add("a secret needs at least one key with a value");
        }
        return problems;
    }

    /** Returns what is wrong with a value, in words that follow the name of the key, or null if nothing is. */
    static @Nullable String problemOf(String value) {
        if (Lookup.found(value, "").isAbsent()) {
            return "is blank, which would count as absent";
        }
        if (!isUnicode(value)) {
            return "is not valid Unicode; store binary data as base64";
        }
        return value.length() > LARGEST_VALUE / 3 && value.getBytes(StandardCharsets.UTF_8).length > LARGEST_VALUE
                ? "is larger than 1 MiB"
                : null;
    }

    /** Tells whether a text has no half of a pair of surrogates alone. */
    private static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return StandardCharsets.UTF_8.newEncoder().canEncode(text);
            }
        }
        return true;
    }

    /** Collects the parts of a secret; not thread-safe. */
    public static final class Builder {

        private final String name;
        private final boolean complete;
        private final transient Map<String, String> values = new LinkedHashMap<>();
        private @Nullable SecretType type;
        private @Nullable String description;
        private @Nullable SecretMount mount;
        private @Nullable SecretStage stage;
        private @Nullable Map<String, String> labels;
        private @Nullable SecretTemplate template;
        private @Nullable Instant expires;
        private @Nullable Duration rotationPeriod;
        private boolean checkFormats = true;

        private Builder(String name, boolean complete) {
            this.name = SecretDeclarations.checkName(name);
            this.complete = complete;
        }

        /**
         * Sets the type; {@link SecretType#OPAQUE} by default. The type of a stored secret cannot be changed.
         *
         * @param type the type
         * @return this builder
         */
        public Builder type(SecretType type) {
            this.type = Objects.requireNonNull(type, "type");
            return this;
        }

        /**
         * Sets what the secret is for; empty by default.
         *
         * @param description words for people, without any value
         * @return this builder
         */
        public Builder description(String description) {
            this.description = Objects.requireNonNull(description, "description");
            return this;
        }

        /**
         * Sets how the keys reach a deployment; as environment variables by default.
         *
         * @param mount environment variables or files
         * @return this builder
         */
        public Builder mount(SecretMount mount) {
            this.mount = Objects.requireNonNull(mount, "mount");
            return this;
        }

        /**
         * Sets when deployments need the secret; {@link SecretStage#ALL} by default.
         *
         * @param stage the stage
         * @return this builder
         */
        public Builder stage(SecretStage stage) {
            this.stage = Objects.requireNonNull(stage, "stage");
            return this;
        }

        /**
         * Sets the labels, in place of all that the secret had; none by default. They are stored in the clear.
         *
         * @param labels names, to which the rules for names of secrets apply, and texts without any value
         * @return this builder
         * @throws InvalidSecretNameException if a label has no valid name
         */
        public Builder labels(Map<String, String> labels) {
            labels.keySet().forEach(SecretDeclarations::checkName);
            this.labels = Map.copyOf(labels);
            return this;
        }

        /**
         * Sets when the credential stops working; never by default.
         *
         * @param expires the time; {@link Instant#MAX} for never
         * @return this builder
         */
        public Builder expires(Instant expires) {
            this.expires = Objects.requireNonNull(expires, "expires");
            return this;
        }

        /**
         * Sets how often the values are to be changed; the next change is due that long after the last one.
         *
         * @param period the time from one change of a value to the next, of at most 1,000 years; {@link Duration#ZERO}
         *     if it does not matter
         * @return this builder
         */
        public Builder rotateEvery(Duration period) {
            this.rotationPeriod = Objects.requireNonNull(period, "period");
            return this;
        }

        /**
         * Sets the value of a key.
         *
         * @param key the key's name; the rules for names of secrets apply
         * @param value the value, handed over verbatim
         * @return this builder
         * @throws InvalidSecretNameException if the key has no valid name; what was given is not repeated, because key
         *     and value may have been confused
         */
        public Builder value(String key, String value) {
            try {
                SecretDeclarations.checkName(key);
            } catch (InvalidSecretNameException e) {
                throw InvalidSecretNameException.at("secret " + name + ", the name of a key");
            }
            values.put(key, Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Sets the values of several keys.
         *
         * @param values key names and values, handed over verbatim
         * @return this builder
         * @throws InvalidSecretNameException if a key has no valid name
         */
        public Builder values(Map<String, String> values) {
            values.forEach(this::value);
            return this;
        }

        /**
         * Checks keys and values against a template: its required keys must be there, no others, in the usual format.
         * The store remembers the template, and holds later changes of the secret to it.
         *
         * @param template the template
         * @return this builder
         */
        public Builder template(SecretTemplate template) {
            this.template = Objects.requireNonNull(template, "template");
            return this;
        }

        /**
         * Switches the format check of the template off, for credentials of an unusual format; its keys still apply.
         *
         * @return this builder
         */
        public Builder withoutFormatCheck() {
            this.checkFormats = false;
            return this;
        }

        /**
         * Checks the parts and builds the secret.
         *
         * @return an immutable secret
         * @throws InvalidSecretException if anything is wrong; the message lists all of it and no value
         */
        public StoredSecret build() {
            List<String> problems = new ArrayList<>();
            @Nullable SecretType effective = type;
            if (template != null) {
                if (type != null && type != template.type()) {
                    problems.add("the template " + template.name() + " is for a secret of type " + template.type());
                }
                effective = template.type();
                problems.addAll(template.problems(values, complete, checkFormats));
            }
            if (effective == null && complete) {
                effective = SecretType.OPAQUE;
            }
            if (effective != null && template == null) {
                problems.addAll(problemsOfKeys(effective, values.keySet(), complete));
            }
            values.forEach((key, value) -> {
                String problem = problemOf(value);
                if (problem != null) {
                    problems.add("the value of key " + key + " " + problem);
                }
            });
            if (rotationPeriod != null && (rotationPeriod.isNegative() || rotationPeriod.toDays() > LONGEST_ROTATION)) {
                problems.add("the rotation period is negative or longer than 1,000 years");
            }
            String texts = texts();
            if (!isUnicode(texts)) {
                problems.add("description, labels or mount are not valid Unicode");
            }
            if (complete
                    && mount != null
                    && !values.keySet().containsAll(mount.subPaths().keySet())) {
                problems.add("a sub path is given for a key that the secret does not have");
            }
            if (!problems.isEmpty()) {
                throw new InvalidSecretException("secret " + name + " is not valid", problems);
            }
            return new StoredSecret(this, effective);
        }

        /** Everything that is stored and is not a value or a name. */
        private String texts() {
            StringBuilder texts = new StringBuilder(description == null ? "" : description);
            if (labels != null) {
                texts.append(labels.values());
            }
            if (mount != null) {
                texts.append(mount);
            }
            return texts.toString();
        }
    }
}
