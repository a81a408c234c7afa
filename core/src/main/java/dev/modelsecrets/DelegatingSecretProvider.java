package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A base for decorators of a provider: every method is forwarded, so that none is forgotten.
 *
 * <p>A decorator overrides what it changes, most often {@link #find}. One that changes answers also decides what {@link
 * #version()} promises. As thread-safe as the provider that it decorates.
 *
 * <pre>{@code
 * final class Timed extends DelegatingSecretProvider {
 *     Timed(SecretProvider delegate) {
 *         super(delegate);
 *     }
 *
 *     @Override
 *     public Map<String, Lookup> find(Set<String> names) {
 *         return timer.record(() -> super.find(names));
 *     }
 * }
 * }</pre>
 */
public abstract class DelegatingSecretProvider implements SecretProvider {

    private final SecretProvider delegate;

    /**
     * Creates a decorator.
     *
     * @param delegate the provider that every call is forwarded to
     */
    protected DelegatingSecretProvider(SecretProvider delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /**
     * Returns the decorated provider.
     *
     * @return the provider that every call is forwarded to
     */
    protected final SecretProvider delegate() {
        return delegate;
    }

    @Override
    public String name() {
        return delegate.name();
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        return delegate.find(names);
    }

    @Override
    public Optional<String> remedy(String name) {
        return delegate.remedy(name);
    }

    @Override
    public Optional<Object> version() {
        return delegate.version();
    }

    @Override
    public Subscription watch(Set<String> names, Runnable changed) {
        return delegate.watch(names, changed);
    }

    @Override
    public void expire() {
        delegate.expire();
    }

    @Override
    public void close() {
        delegate.close();
    }

    /** Returns the name of the provider. */
    @Override
    @JsonValue
    public String toString() {
        return Providers.name(this);
    }
}
