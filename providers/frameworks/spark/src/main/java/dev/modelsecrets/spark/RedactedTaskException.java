package dev.modelsecrets.spark;

import dev.modelsecrets.Redactor;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception of a task whose text held a secret.
 *
 * <p>It has the class name and the redacted message of that exception as its message, its stack trace, and its causes
 * and suppressed exceptions in the same form.
 */
public final class RedactedTaskException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RedactedTaskException(String message, @Nullable Throwable cause, StackTraceElement[] stackTrace) {
        super(message, cause, true, true);
        setStackTrace(stackTrace);
    }

    /** Throws a redacted copy if a secret stands anywhere in what would be printed; else returns. */
    static void throwIfRevealing(Throwable thrown, Redactor redactor) {
        StringWriter text = new StringWriter();
        try {
            thrown.printStackTrace(new PrintWriter(text));
            if (redactor.find(text.toString()).isEmpty()) {
                return;
            }
        } catch (RuntimeException e) {
            throw withheld(thrown);
        }
        throw copy(thrown, redactor, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static RedactedTaskException copy(Throwable thrown, Redactor redactor, Set<Throwable> seen) {
        seen.add(thrown);
        Throwable cause = thrown.getCause();
        RedactedTaskException copiedCause = cause == null || seen.contains(cause) ? null : copy(cause, redactor, seen);
        RedactedTaskException copy =
                new RedactedTaskException(redactor.redact(String.valueOf(thrown)), copiedCause, thrown.getStackTrace());
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!seen.contains(suppressed)) {
                copy.addSuppressed(copy(suppressed, redactor, seen));
            }
        }
        return copy;
    }

    /** An exception that cannot even be printed may hold anything. */
    private static RedactedTaskException withheld(Throwable thrown) {
        return new RedactedTaskException(
                thrown.getClass().getName() + ", whose message is withheld", null, thrown.getStackTrace());
    }
}
