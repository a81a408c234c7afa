package dev.modelsecrets;

import dev.modelsecrets.internal.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The places that hold different values for one name. Not thread-safe; made for one call. */
final class Conflicts {

    /** How many names have their places in the message, which stays readable for thousands of names. */
    private static final int MOST_IN_DETAIL = 20;

    private final Map<String, List<String>> placesByName = new LinkedHashMap<>();

    /**
     * Adds a place that holds another value than the one that wins.
     *
     * @param winner the place that wins
     * @param other the place that differs
     */
    void add(String name, String winner, String other) {
        placesByName
                .computeIfAbsent(name, unused -> new ArrayList<>(List.of(winner)))
                .add(other);
    }

    /** Returns one warning for each name. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        placesByName.forEach((name, places) -> warnings.add(
                name + " has different values in: " + String.join(", ", places) + "; the first one is used"));
        return warnings;
    }

    RuntimeException toException() {
        StringBuilder message = new StringBuilder("different values for one name:");
        List<String> others = new ArrayList<>();
        int shown = 0;
        for (Map.Entry<String, List<String>> entry : placesByName.entrySet()) {
            if (shown++ < MOST_IN_DETAIL) {
                message.append("\n  ").append(entry.getKey());
                entry.getValue().forEach(place -> message.append("\n    ").append(place));
            } else {
                others.add(entry.getKey());
            }
        }
        if (!others.isEmpty()) {
            message.append("\n  and for: ").append(Text.list(others));
        }
        message.append("\nRemove all but one of each, or make them equal.");
        return new SecretConflictException(List.copyOf(placesByName.keySet()), message.toString());
    }
}
