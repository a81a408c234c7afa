package dev.modelsecrets.platforms;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How BentoCloud hands a secret to a deployment; what is null is left as it is.
 *
 * @param type the mount type
 * @param path the directory of mounted files
 * @param stage when it is available
 * @param subPaths for each key that has one, the directory below {@code path}
 */
record BentoSettings(
        @Nullable String type,
        @Nullable String path,
        @Nullable String stage,
        Map<String, String> subPaths) {

    static final String VARIABLES = "env";

    static final String FILES = "mountfile";

    /** What {@code bentoml secret create} does without options. */
    static final BentoSettings DEFAULT = new BentoSettings(VARIABLES, null, "runtime", Map.of());

    /** Lays these settings over those of a secret that is there. */
    BentoSettings over(BentoSettings there) {
        String newType = type != null ? type : there.type != null ? there.type : DEFAULT.type;
        boolean files = FILES.equals(newType);
        Map<String, String> newSubPaths = new HashMap<>(files ? there.subPaths : Map.of());
        newSubPaths.putAll(subPaths);
        return new BentoSettings(
                newType,
                files ? (path != null ? path : there.path) : null,
                stage != null ? stage : there.stage != null ? there.stage : DEFAULT.stage,
                newSubPaths);
    }

    /** Says why these settings do not go together. */
    Optional<String> problem() {
        return subPaths.isEmpty() || FILES.equals(type)
                ? Optional.empty()
                : Optional.of("it has sub paths, and becomes variables: mount it as files");
    }

    /** Says what it becomes, and when. */
    String words() {
        return (FILES.equals(type) ? "as files in " + path : "as variables") + " at the stage " + stage;
    }

    /** Says what these settings change about a secret that is there. */
    List<String> changes(BentoSettings there, Set<String> keys) {
        List<String> changes = new ArrayList<>();
        if (!Objects.equals(type, there.type) || !Objects.equals(path, there.path)) {
            changes.add("becomes " + (FILES.equals(type) ? "files in " + path : "variables"));
        }
        if (!Objects.equals(stage, there.stage)) {
            changes.add("moves to the stage " + stage);
        }
        List<String> moved = keys.stream()
                .filter(key -> !Objects.equals(subPaths.get(key), there.subPaths.get(key)))
                .toList();
        if (!moved.isEmpty() && FILES.equals(there.type)) {
            changes.add("moves the files of " + String.join(", ", moved));
        }
        return changes;
    }
}
