package dev.modelsecrets;

import dev.modelsecrets.internal.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which model may see which secret: trusted models may see whatever they declare, others what is on their list.
 *
 * <p>A model that is neither trusted nor on a list gets nothing. The check comes before any provider is asked, so a
 * refusal says nothing about which secrets exist. Trust as a whole is the {@code is_trusted} of Truss. Immutable and
 * thread-safe.
 *
 * @see SecretsResolver#forModel(String)
 */
public final class AccessPolicy {

    private final Set<String> trusted;
    private final Map<String, Set<String>> allowed;

    private AccessPolicy(Builder builder) {
        trusted = Set.copyOf(builder.trusted);
        Map<String, Set<String>> copy = new HashMap<>();
        for (Map.Entry<String, Set<String>> entry : builder.allowed.entrySet()) {
            copy.put(entry.getKey(), Set.copyOf(entry.getValue()));
        }
        allowed = Map.copyOf(copy);
    }

    /**
     * Starts a policy that allows nothing.
     *
     * @return an empty builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Tells whether a model may see a secret.
     *
     * @param model the model's name
     * @param secret the secret's name
     * @return true if the model is trusted or has the secret on its list
     */
    public boolean allows(String model, String secret) {
        return trusted.contains(model) || allowed.getOrDefault(model, Set.of()).contains(secret);
    }

    /** Says why a model may not see a secret. */
    String refusal(String model) {
        return "model " + Text.line(model)
                + (allowed.containsKey(model) ? " may not see it" : " is not trusted with secrets")
                + ". Allow it in the access policy, or do not declare it";
    }

    /** Returns how many models it knows. */
    @Override
    public String toString() {
        return "AccessPolicy[" + trusted.size() + " trusted models, " + allowed.size() + " with a list]";
    }

    /** Collects rules; not thread-safe. */
    public static final class Builder {

        private final Set<String> trusted = new HashSet<>();
        private final Map<String, Set<String>> allowed = new HashMap<>();

        private Builder() {}

        /**
         * Lets a model see every secret that it declares.
         *
         * @param model the model's name
         * @return this builder
         */
        public Builder trust(String model) {
            trusted.add(model);
            return this;
        }

        /**
         * Lets a model see some secrets, in addition to those allowed before.
         *
         * @param model the model's name
         * @param secrets the names of the secrets
         * @return this builder
         * @throws InvalidSecretNameException if one is not a secret name
         */
        public Builder allow(String model, String... secrets) {
            Set<String> names = allowed.computeIfAbsent(model, unused -> new HashSet<>());
            for (String secret : secrets) {
                names.add(NameSet.check(secret));
            }
            return this;
        }

        /**
         * Returns the policy.
         *
         * @return an immutable policy
         */
        public AccessPolicy build() {
            return new AccessPolicy(this);
        }
    }
}
