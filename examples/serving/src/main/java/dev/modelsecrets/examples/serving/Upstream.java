package dev.modelsecrets.examples.serving;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands for the remote service that the models call with two keys that belong together.
 *
 * <p>A key ends in {@code -} and the number of its generation. The service answers with that number, refuses the two
 * keys of different generations, and refuses those that it has revoked. Thread-safe.
 */
final class Upstream {

    private final AtomicInteger oldest = new AtomicInteger();

    /** Calls the service, and returns the generation of the keys, which tells nothing else of them. */
    String call(String firstKey, String secondKey) throws IOException {
        int generation = generation(firstKey);
        if (generation != generation(secondKey)) {
            throw new IOException("the service got keys that do not belong together");
        }
        if (generation < oldest.get()) {
            throw new RefusedException();
        }
        return Integer.toString(generation);
    }

    /** Makes the service refuse the keys before a generation. */
    void revokeBefore(int generation) {
        oldest.set(generation);
    }

    private static int generation(String key) throws IOException {
        try {
            return Integer.parseInt(key.substring(key.lastIndexOf('-') + 1));
        } catch (NumberFormatException e) {
            // The exception quotes the key.
            throw new IOException("a key does not end in - and the number of its generation");
        }
    }
}
