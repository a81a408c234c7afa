package dev.modelsecrets.aws;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which version of a secret is read: one by its id, or the one that bears a staging label. Immutable. */
record Pin(@Nullable String versionId, @Nullable String stage) {

    static Pin version(String id) {
        return new Pin(Objects.requireNonNull(id, "version"), null);
    }

    static Pin stage(String label) {
        return new Pin(null, Objects.requireNonNull(label, "stage"));
    }

    /** Returns {@code version <id>} or {@code stage <label>}. */
    @Override
    public String toString() {
        return versionId != null ? "version " + versionId : "stage " + stage;
    }
}
