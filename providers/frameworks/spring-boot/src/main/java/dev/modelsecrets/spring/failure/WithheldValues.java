package dev.modelsecrets.spring.failure;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.spring.config.ShownText;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Replaces the values of an application's secrets in what is said about a failure. Immutable; made for one failure. */
final class WithheldValues {

    private final RefreshingSecrets secrets;

    WithheldValues(RefreshingSecrets secrets) {
        this.secrets = secrets;
    }

    String withhold(String text) {
        return ShownText.withoutValues(text, secrets);
    }

    boolean isIn(String text) {
        return !withhold(text).equals(text);
    }

    /** Tells whether a failure, its causes or what they suppress say a value. */
    boolean isIn(Throwable failure) {
        return isIn(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private boolean isIn(Throwable failure, Set<Throwable> seen) {
        if (!seen.add(failure)) {
            return false;
        }
        if (isIn(failure.toString()) || (failure.getCause() != null && isIn(failure.getCause(), seen))) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (isIn(suppressed, seen)) {
                return true;
            }
        }
        return false;
    }
}
