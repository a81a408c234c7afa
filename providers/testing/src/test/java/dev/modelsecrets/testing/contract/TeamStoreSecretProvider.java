package dev.modelsecrets.testing.contract;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretAccessDeniedException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A provider as others write it, for a remote store. */
class TeamStoreSecretProvider implements SecretProvider, AutoCloseable {

    private final TeamStore store;
    private volatile boolean closed;

    TeamStoreSecretProvider(TeamStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "team store";
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        names.forEach(SecretDeclarations::checkName);
        if (closed) {
            throw new SecretProviderException(name(), "is closed");
        }
        Map<String, String> values = names.isEmpty() ? Map.of() : read(names);
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            String value = values.get(name);
            answers.put(name, value == null ? Lookup.absent("has no " + name) : Lookup.found(value, "team/" + name));
        }
        return answers;
    }

    private Map<String, String> read(Set<String> names) {
        try {
            return store.read(names);
        } catch (SecurityException e) {
            throw new SecretAccessDeniedException(
                    e.getMessage(), "team store: reading " + e.getMessage() + " is denied");
        } catch (IllegalStateException e) {
            throw new SecretProviderException(name(), "cannot be reached");
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return "TeamStoreSecretProvider";
    }
}
