package dev.modelsecrets.testing.internal;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Subscription;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A provider in front of another one; what it can tell of its state is left out, so that every look goes through. */
public abstract class Wrapped implements SecretProvider {

    /** The provider behind this one. */
    protected final SecretProvider provider;

    /**
     * Wraps a provider.
     *
     * @param provider the provider to pass on to
     */
    protected Wrapped(SecretProvider provider) {
        this.provider = Objects.requireNonNull(provider, "provider");
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public Optional<String> remedy(String name) {
        return provider.remedy(name);
    }

    @Override
    public Subscription watch(Set<String> names, Runnable changed) {
        return provider.watch(names, changed);
    }

    @Override
    public String toString() {
        return provider.toString();
    }
}
