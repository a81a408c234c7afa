package dev.modelsecrets.remote.testing;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Asks a provider where one answer is expected. */
public final class Answers {

    private Answers() {}

    /**
     * Returns a pattern for what is said of a store that did not answer in time. On a busy machine not even the
     * connection is there by then.
     */
    public static String late(String store, String limit) {
        return Pattern.quote(store)
                + " (did not answer (within |in time \\(.+)|cannot be reached: the connection timed out \\(.+)"
                + Pattern.quote(limit) + "\\)?";
    }

    /** Returns the answer for some names: one of those that are not found, if there is one. */
    public static Lookup answer(SecretProvider provider, Set<String> names) {
        Map<String, Lookup> answers = provider.find(names);
        if (!answers.keySet().equals(names)) {
            throw new AssertionError("asked for " + names + ", answered " + answers.keySet());
        }
        return answers.values().stream()
                .filter(lookup -> !lookup.isFound())
                .findFirst()
                .orElseGet(() -> answers.values().iterator().next());
    }
}
