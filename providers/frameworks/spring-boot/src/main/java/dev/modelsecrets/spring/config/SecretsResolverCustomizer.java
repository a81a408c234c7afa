package dev.modelsecrets.spring.config;

import dev.modelsecrets.SecretsResolver;

/**
 * Changes the resolver before the first secret is resolved: one more provider, an access policy, a listener.
 *
 * <p>It runs before there are beans, so it is not one: name it in {@code META-INF/spring.factories} under the name of
 * this interface. It needs a constructor without parameters.
 */
@FunctionalInterface
public interface SecretsResolverCustomizer {

    /**
     * Adds to the builder, which has the chain and the options of {@code model-secrets.*} already.
     *
     * @param builder the builder that the resolver is built with
     */
    void customize(SecretsResolver.Builder builder);
}
