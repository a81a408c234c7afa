package dev.modelsecrets.crac;

import dev.modelsecrets.SecretsException;
import java.util.Set;

/** Secrets were asked for between a checkpoint and the restore, when there are none. */
public final class SuspendedSecretsException extends SecretsException {

    private static final long serialVersionUID = 1L;

    SuspendedSecretsException(Set<String> names) {
        super("The values of " + String.join(", ", names) + " were dropped for a checkpoint. "
                + "They are resolved anew after the restore: do not ask for secrets between the two");
    }
}
