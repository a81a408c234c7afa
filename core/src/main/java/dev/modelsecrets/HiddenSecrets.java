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
 * <p>Only providers whose {@link SecretProvider#version()} tells of a change are asked. Touched by one refresh at a
 * time.
 */
final class HiddenSecrets {

    private final Chain chain;
    private final Runnable checkpoint;
    private final List<Layer> layers = new ArrayList<>();

    /** What is known of the hidden secrets of one provider. A class, so that no generated method shows the values. */
    private static final class Layer {

        private boolean isHidden;
        private Optional<Object> version = Optional.empty();
        private final transient Map<String, String> values = new HashMap<>();
    }

    /** @param checkpoint run before anything is asked of a provider; what it throws ends the look */
    HiddenSecrets(Chain chain, Runnable checkpoint) {
        this.chain = chain;
        this.checkpoint = checkpoint;
        for (SecretProvider unused : chain.providers) {
            layers.add(new Layer());
        }
    }

    /** Notes which providers hold hidden secrets, and takes their versions if it has none yet. */
    void remember(int[] winners) {
        for (int i = 1; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            layer.isHidden = false;
            for (int winner : winners) {
                layer.isHidden |= winner >= 0 && winner < i;
            }
            if (layer.isHidden && layer.version.isEmpty()) {
                layer.version = version(i);
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
            if (layers.get(i).isHidden && hasChanged(i)) {
                compare(i, hiddenBelow(secrets, winners, i), secrets);
            }
        }
    }

    private boolean hasChanged(int position) {
        Layer layer = layers.get(position);
        Optional<Object> before = layer.version;
        layer.version = version(position);
        return before.isPresent() && layer.version.isPresent() && !Providers.sameVersion(before, layer.version);
    }

    private Optional<Object> version(int position) {
        checkpoint.run();
        return Providers.version(chain.providers.get(position));
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

    private void compare(int position, Set<String> hidden, Secrets secrets) {
        SecretProvider provider = chain.providers.get(position);
        Layer layer = layers.get(position);
        checkpoint.run();
        chain.find(provider, hidden, System.nanoTime()).forEach((name, lookup) -> {
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
