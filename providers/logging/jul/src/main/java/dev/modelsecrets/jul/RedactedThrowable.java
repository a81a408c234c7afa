package dev.modelsecrets.jul;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stands for an exception whose message, or whose causes' or suppressed ones', had a secret in it. */
final class RedactedThrowable extends Throwable {

    private static final long serialVersionUID = 1L;

    private final @Nullable String text;

    private RedactedThrowable(Throwable original, Texts texts, Map<Throwable, Throwable> done) {
        super(texts.redact(original.getMessage()));
        text = texts.redact(original.toString());
        setStackTrace(original.getStackTrace());
        done.put(original, this);
        if (original.getCause() != null) {
            initCause(copy(original.getCause(), texts, done));
        }
        for (Throwable suppressed : original.getSuppressed()) {
            addSuppressed(copy(suppressed, texts, done));
        }
    }

    /** Returns an exception as it is, or a copy without secrets if there are some in it. */
    static @Nullable Throwable of(@Nullable Throwable original, Texts texts) {
        if (original == null) {
            return null;
        }
        Texts own = texts.fresh();
        Throwable redacted = copy(original, own, new IdentityHashMap<>());
        if (!own.isFound()) {
            return original;
        }
        // So that the event knows of it.
        texts.redact(original.toString());
        return redacted;
    }

    private static Throwable copy(Throwable original, Texts texts, Map<Throwable, Throwable> done) {
        Throwable known = done.get(original);
        return known == null ? new RedactedThrowable(original, texts, done) : known;
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // It shows the class of the exception that it stands for.
    public String toString() {
        return String.valueOf(text);
    }
}
