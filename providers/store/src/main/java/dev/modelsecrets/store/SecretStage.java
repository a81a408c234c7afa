package dev.modelsecrets.store;

import java.util.Optional;

/** When a deployment needs a secret; the three stages of BentoCloud. */
public enum SecretStage {

    /** While its image is built, for example to download a gated model; not afterwards. */
    BUILD("build"),

    /** While it runs, but not while its image is built. */
    RUNTIME("runtime"),

    /** Both while its image is built and while it runs. */
    ALL("all");

    private final String id;

    SecretStage(String id) {
        this.id = id;
    }

    /**
     * Returns the name of the stage in documents.
     *
     * @return {@code build}, {@code runtime} or {@code all}
     */
    public String id() {
        return id;
    }

    /**
     * Finds a stage by its name in documents.
     *
     * @param id the name, in lower case
     * @return the stage, or empty if there is none of that name
     */
    public static Optional<SecretStage> of(String id) {
        for (SecretStage stage : values()) {
            if (stage.id.equals(id)) {
                return Optional.of(stage);
            }
        }
        return Optional.empty();
    }

    /** Tells whether a secret of this stage and one of another one ever meet. */
    boolean overlaps(SecretStage other) {
        return this == ALL || other == ALL || this == other;
    }

    /** Returns the name of the stage in documents. */
    @Override
    public String toString() {
        return id;
    }
}
