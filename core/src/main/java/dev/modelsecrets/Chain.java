package dev.modelsecrets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The providers of a resolver and its options, for one model if an access policy applies. Immutable and thread-safe.
 */
final class Chain {

    /** How many warnings are remembered; messages of a remote store may differ each time. */
    private static final int MOST_WARNINGS = 1_000;

    final List<SecretProvider> providers;
    final ConflictPolicy conflicts;
    final boolean allowsDefaults;
    private final @Nullable AccessPolicy accessPolicy;
    private final @Nullable Duration deadline;
    private final List<Consumer<? super ResolutionEvent>> listeners;

    /** The warnings given, each once, so that a resolve every few seconds does not repeat them; guarded by itself. */
    private final Set<String> warnings;

    /** The model that asks; null until a view says which. */
    final @Nullable String model;

    Chain(
            List<SecretProvider> providers,
            ConflictPolicy conflicts,
            boolean allowsDefaults,
            @Nullable AccessPolicy accessPolicy,
            @Nullable Duration deadline,
            List<Consumer<? super ResolutionEvent>> listeners) {
        this.providers = List.copyOf(providers);
        this.conflicts = conflicts;
        this.allowsDefaults = allowsDefaults;
        this.accessPolicy = accessPolicy;
        this.deadline = deadline;
        this.listeners = List.copyOf(listeners);
        warnings = new HashSet<>();
        model = null;
    }

    private Chain(Chain other, String model) {
        providers = other.providers;
        conflicts = other.conflicts;
        allowsDefaults = other.allowsDefaults;
        accessPolicy = other.accessPolicy;
        deadline = other.deadline;
        listeners = other.listeners;
        warnings = other.warnings;
        this.model = model;
    }

    Chain forModel(String name) {
        return new Chain(this, name);
    }

    /**
     * Does nothing unless the access policy needs to know which model asks.
     *
     * @throws IllegalStateException if it does, and nobody said
     */
    void checkModel() {
        if (accessPolicy != null && model == null) {
            throw new IllegalStateException(
                    "this resolver has an access policy: say which model asks, with forModel(..)");
        }
    }

    /** Tells whether the policy lets the model see a secret. */
    boolean allows(String name) {
        return accessPolicy == null || model == null || accessPolicy.allows(model, name);
    }

    /** Returns the declared names that the policy lets the model see. */
    NameSet allowed(SecretDeclarations declarations) {
        if (accessPolicy == null) {
            return declarations.nameSet();
        }
        List<String> allowed = new ArrayList<>();
        for (String name : declarations.names()) {
            if (allows(name)) {
                allowed.add(name);
            }
        }
        return new NameSet(allowed.toArray(new String[0]));
    }

    /** Says why the policy does not let the model see a secret. */
    String refusal() {
        return accessPolicy == null || model == null ? "" : accessPolicy.refusal(model);
    }

    /** Asks a provider, within what is left of the deadline if there is one. */
    Map<String, Lookup> find(SecretProvider provider, Set<String> names, long begin) {
        if (deadline == null) {
            return Providers.find(provider, names);
        }
        long left = Durations.toNanos(deadline, "deadline") - (System.nanoTime() - begin);
        return new BoundedFind(provider, names).await(deadline, left);
    }

    boolean hasListener() {
        return !listeners.isEmpty();
    }

    void tell(ResolutionEvent event) {
        for (Consumer<? super ResolutionEvent> listener : listeners) {
            Gate.tell(listener, event);
        }
    }

    void warnOnce(String message) {
        if (isNew(message)) {
            Gate.warn(message);
        }
    }

    private boolean isNew(String message) {
        synchronized (warnings) {
            if (warnings.size() == MOST_WARNINGS) {
                warnings.clear();
            }
            return warnings.add(message);
        }
    }
}
