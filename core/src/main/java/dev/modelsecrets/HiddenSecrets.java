package dev.modelsecrets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Watches for secrets that changed where nobody sees it, because a provider further up the chain hides them: a variable
 * that was set once, over a mounted file that rotates.
 *
 * <p>Only providers whose {@link SecretProvider#version()} tells of a change are asked. Touched by one refresh at a time.
 */
final class HiddenSecrets {

    private final Chain chain;
    private final List<Layer> layers = new ArrayList<>();

    /** What is known of the hidden secrets of one provider. A class, so that no generated method shows the values. */
    private static final class Layer {

        private Optional<Object> version = Optional.empty();
        private final transient Map<String, String> values = new HashMap<>();
    }

    HiddenSecrets(Chain chain) {
        this.chain = chain;
        for (SecretProvider unused : chain.providers) {
            layers.add(new Layer());
        }
    }

    /** Takes the versions of the providers that hold hidden secrets, if it has none yet. */
    void remember(Secrets secrets, int[] winners) {
        for (int i = 1; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            if (layer.version.isEmpty() && !hiddenBelow(secrets, winners, i).isEmpty()) {
                layer.version = Providers.version(chain.providers.get(i));
            }
        }
    }

    /**
     * Looks whether hidden secrets have changed, and warns of those that did.
     *
     * @param secrets the values in use
     * @param winners for each name in order the position of the provider it came from, or -1 for a default
     */
    void look(Secrets secrets, int[] winners) {
        for (int i = 1; i < layers.size(); i++) {
            Set<String> hidden = hiddenBelow(secrets, winners, i);
            if (!hidden.isEmpty()) {
                look(i, hidden, secrets);
            }
        }
    }

    private static Set<String> hiddenBelow(Secrets secrets, int[] winners, int position) {
        Set<String> hidden = new LinkedHashSet<>();
        int next = 0;
        for (String name : secrets.keySet()) {
            int winner = winners[next++];
            if (winner >= 0 && winner < position) {
                hidden.add(name);
            }
        }
        return hidden;
    }

    private void look(int position, Set<String> hidden, Secrets secrets) {
        SecretProvider provider = chain.providers.get(position);
        Layer layer = layers.get(position);
        Optional<Object> before = layer.version;
        layer.version = Providers.version(provider);
        if (before.isEmpty() || layer.version.isEmpty() || Providers.sameVersion(before, layer.version)) {
            return;
        }
        Providers.find(provider, hidden).forEach((name, lookup) -> {
            if (lookup.isFound()) {
                String known = layer.values.put(name, lookup.value());
                if (!lookup.value().equals(known) && lookup.conflictsWith(secrets.require(name))) {
                    chain.warnOnce(
                            secrets.source(name) + " hides the secret " + name + " of " + Providers.name(provider)
                                    + " (" + lookup.location()
                                    + "), which has changed since. Remove the one, or change it too");
                }
            }
        });
    }
}
