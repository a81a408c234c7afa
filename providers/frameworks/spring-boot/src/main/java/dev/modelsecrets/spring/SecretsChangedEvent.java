package dev.modelsecrets.spring;

import dev.modelsecrets.RefreshingSecrets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.context.ApplicationEvent;

/**
 * Secrets have been rotated; {@link RefreshingSecrets#get()} and the environment have the new values already.
 *
 * <p>It is published on the thread of the secrets' listeners, one after the other, after the properties beans of {@code
 * model-secrets.rebind} were bound anew. It holds names, never a value.
 */
public final class SecretsChangedEvent extends ApplicationEvent {

    private static final long serialVersionUID = 1L;

    /** Transient, because an event may be serialised and its source may not. */
    private final transient RefreshingSecrets.Change change;

    SecretsChangedEvent(RefreshingSecrets source, RefreshingSecrets.Change change) {
        super(source);
        this.change = change;
    }

    /**
     * Returns the names whose values changed.
     *
     * @return the names, in no particular order
     */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(change.changed());
        names.addAll(change.added());
        names.addAll(change.removed());
        return names;
    }

    /**
     * Returns what changed in which way.
     *
     * @return the names by kind of change
     */
    public RefreshingSecrets.Change change() {
        return change;
    }

    /** Returns the names. */
    @Override
    public String toString() {
        return "SecretsChangedEvent" + names();
    }
}
