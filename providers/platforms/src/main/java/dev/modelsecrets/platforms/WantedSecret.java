package dev.modelsecrets.platforms;

import dev.modelsecrets.Secret;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.Secrets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a platform is to hold under one name: one value, several keys with values, or the login to a container registry.
 *
 * <pre>{@code
 * WantedSecret.each(secrets);                       // one for each name
 * WantedSecret.of("my-model", secrets);             // one with a key for each name
 * WantedSecret.named("my-model")                    // one with keys under other names
 *         .key("HF_TOKEN", Secret.of(secrets.require("hf_access_token")))
 *         .build();
 * }</pre>
 *
 * <p>Immutable and thread-safe; {@code toString} shows names and keys only.
 */
public final class WantedSecret {

    /** What a secret is for. */
    enum Kind {
        OPAQUE,
        CONTAINER_REGISTRY
    }

    private final String name;
    private final Kind kind;
    private final @Nullable String description;

    /** Each key with its value, in order. */
    private final transient Map<String, Secret> values;

    private WantedSecret(String name, Kind kind, @Nullable String description, Map<String, Secret> values) {
        this.name = name;
        this.kind = kind;
        this.description = description;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Wants one value under a name; where the platform has keys, the key is the name too.
     *
     * @param name the secret's name on the platform
     * @param value its value
     * @return the wanted secret
     * @throws dev.modelsecrets.InvalidSecretNameException if the name is not a secret name
     */
    public static WantedSecret of(String name, Secret value) {
        return named(name).key(name, value).build();
    }

    /**
     * Wants one secret whose keys are the names of these secrets, for a platform with keys.
     *
     * @param name the secret's name on the platform
     * @param secrets at least one secret
     * @return the wanted secret
     * @throws dev.modelsecrets.InvalidSecretNameException if the name is not a secret name
     * @throws IllegalStateException if there is no secret
     */
    public static WantedSecret of(String name, Secrets secrets) {
        Builder builder = named(name);
        for (String key : secrets.keySet()) {
            builder.key(key, Secret.of(secrets.require(key)));
        }
        return builder.build();
    }

    /**
     * Wants each of these secrets for itself, under its own name.
     *
     * @param secrets the secrets
     * @return an immutable list, in the order of the secrets
     */
    public static List<WantedSecret> each(Secrets secrets) {
        return secrets.keySet().stream()
                .map(name -> of(name, Secret.of(secrets.require(name))))
                .toList();
    }

    /**
     * Wants the login to a container registry, as OCI AI Blueprints has it.
     *
     * @param name the secret's name on the platform
     * @param server the registry, such as {@code iad.ocir.io}
     * @param username who logs in
     * @param password the password or token
     * @param email the address that goes with the account
     * @return the wanted secret
     * @throws dev.modelsecrets.InvalidSecretNameException if the name is not a secret name
     */
    public static WantedSecret containerRegistry(
            String name, String server, String username, Secret password, String email) {
        Map<String, Secret> fields = new LinkedHashMap<>();
        fields.put("registry_server", Secret.of(server));
        fields.put("username", Secret.of(username));
        fields.put("password", Objects.requireNonNull(password, "password"));
        fields.put("email", Secret.of(email));
        return new WantedSecret(SecretDeclarations.checkName(name), Kind.CONTAINER_REGISTRY, null, fields);
    }

    /**
     * Starts a secret whose keys are named one by one.
     *
     * @param name the secret's name on the platform
     * @return a builder, not thread-safe
     * @throws dev.modelsecrets.InvalidSecretNameException if the name is not a secret name
     */
    public static Builder named(String name) {
        return new Builder(SecretDeclarations.checkName(name));
    }

    /**
     * Returns the secret's name on the platform.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the names of the keys; the fields of a container registry's login are none.
     *
     * @return an immutable set, in order
     */
    public Set<String> keys() {
        return kind == Kind.OPAQUE ? values.keySet() : Set.of();
    }

    Kind kind() {
        return kind;
    }

    Optional<String> description() {
        return Optional.ofNullable(description);
    }

    Map<String, Secret> values() {
        return values;
    }

    /** Returns name and keys, never a value. */
    @Override
    public String toString() {
        return kind == Kind.OPAQUE ? name + values.keySet() : name + " (container registry)";
    }

    /** Collects keys in order; not thread-safe. */
    public static final class Builder {

        private final String name;
        private final transient Map<String, Secret> values = new LinkedHashMap<>();
        private @Nullable String description;

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Adds a key.
         *
         * @param key the key's name
         * @param value its value
         * @return this builder
         * @throws dev.modelsecrets.InvalidSecretNameException if the key is not a secret name
         * @throws IllegalArgumentException if the key is there already
         */
        public Builder key(String key, Secret value) {
            if (values.putIfAbsent(SecretDeclarations.checkName(key), Objects.requireNonNull(value, "value")) != null) {
                throw new IllegalArgumentException("the secret " + name + " has the key " + key + " twice");
            }
            return this;
        }

        /**
         * Describes the secret, for platforms that show a description; it is not secret.
         *
         * @param description a line for people
         * @return this builder
         */
        public Builder description(String description) {
            this.description = Objects.requireNonNull(description, "description");
            return this;
        }

        /**
         * Returns the wanted secret.
         *
         * @return an immutable secret
         * @throws IllegalStateException if it has no key
         */
        public WantedSecret build() {
            if (values.isEmpty()) {
                throw new IllegalStateException("the secret " + name + " has no key");
            }
            return new WantedSecret(name, Kind.OPAQUE, description, values);
        }
    }
}
