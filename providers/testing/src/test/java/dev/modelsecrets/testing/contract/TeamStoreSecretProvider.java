package dev.modelsecrets.testing.contract;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A provider as others write it, for a remote store. */
class TeamStoreSecretProvider implements SecretProvider {

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
        Map<String, Lookup> answers = new HashMap<>();
        Set<String> open = new HashSet<>(names);
        while (!open.isEmpty()) {
            try {
                Map<String, String> values = store.read(open);
                for (String name : open) {
                    String value = values.get(name);
                    answers.put(
                            name, value == null ? Lookup.absent("no " + name) : Lookup.found(value, "team/" + name));
                }
                return answers;
            } catch (SecurityException e) {
                // The store refuses all for one name, so the others are asked for again.
                String denied = e.getMessage();
                answers.put(denied, Lookup.denied("reading " + denied + " is denied to this team"));
                open.remove(denied);
            } catch (IllegalStateException e) {
                throw new SecretProviderException(name(), "cannot be reached");
            }
        }
        return answers;
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
