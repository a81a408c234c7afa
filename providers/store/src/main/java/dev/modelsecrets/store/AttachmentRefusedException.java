package dev.modelsecrets.store;

import java.util.List;

/**
 * The secrets of a deployment do not fit together; every problem is listed, and nothing was attached or changed.
 */
public final class AttachmentRefusedException extends RefusedOperationException {

    private static final long serialVersionUID = 1L;

    private final String[] problems;

    /**
     * Creates the exception.
     *
     * @param what what is refused
     * @param problems everything that is wrong with it; never a value
     */
    public AttachmentRefusedException(String what, List<String> problems) {
        super(what + (problems.size() == 1 ? ": " : ":\n  ") + String.join("\n  ", problems));
        this.problems = problems.toArray(new String[0]);
    }

    static AttachmentRefusedException ofDeployment(String deployment, List<String> problems) {
        return new AttachmentRefusedException(
                "the secrets of deployment " + deployment + " do not fit together", problems);
    }

    /**
     * Returns everything that is wrong.
     *
     * @return the problems, one sentence each
     */
    public List<String> problems() {
        return List.of(problems);
    }
}
