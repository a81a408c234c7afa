package dev.modelsecrets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The places that hold different values for one name. Not thread-safe; made for one call. */
final class Conflicts {

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
        placesByName.forEach((name, places) -> {
            message.append("\n  ").append(name);
            places.forEach(place -> message.append("\n    ").append(place));
        });
        message.append("\nRemove all but one of each, or make them equal.");
        return new SecretConflictException(List.copyOf(placesByName.keySet()), message.toString());
    }
}
