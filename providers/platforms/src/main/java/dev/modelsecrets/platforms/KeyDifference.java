package dev.modelsecrets.platforms;

import java.util.List;
import java.util.Set;

/**
 * How the keys of a secret that is there differ from those that are wanted.
 *
 * @param added wanted and not there
 * @param removed there and not wanted
 */
record KeyDifference(List<String> added, List<String> removed) {

    static KeyDifference of(Set<String> there, Set<String> wanted) {
        return new KeyDifference(
                wanted.stream().filter(key -> !there.contains(key)).toList(),
                there.stream().filter(key -> !wanted.contains(key)).toList());
    }

    /** Says what a push would change, one phrase for each kind. */
    List<String> changes() {
        return List.of(
                added.isEmpty() ? "" : "adds " + keys(added), removed.isEmpty() ? "" : "removes " + keys(removed));
    }

    /** Says that a push would remove keys that nobody asked it to remove. */
    String removalProblem(String platform) {
        return "it is there with " + keys(removed) + " too, and would lose " + (removed.size() == 1 ? "it" : "them")
                + ", because " + platform + " takes all keys at once: want "
                + (removed.size() == 1 ? "that key" : "those keys") + " too, or allow it with replaceKeys(true)";
    }

    private static String keys(List<String> keys) {
        return (keys.size() == 1 ? "the key " : "the keys ") + String.join(", ", keys);
    }
}
