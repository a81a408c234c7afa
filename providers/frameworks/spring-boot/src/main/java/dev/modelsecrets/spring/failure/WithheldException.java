package dev.modelsecrets.spring.failure;

import org.jspecify.annotations.Nullable;

/** A failure as it may be printed: class, stack trace and causes of the real one, its message without values. */
final class WithheldException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int MOST_CAUSES = 50;

    private final String text;

    private WithheldException(String text, StackTraceElement[] stackTrace, @Nullable Throwable cause) {
        super(text, cause, false, true);
        this.text = text;
        setStackTrace(stackTrace);
    }

    static WithheldException of(Throwable failure, WithheldValues values) {
        return of(failure, values, MOST_CAUSES);
    }

    private static WithheldException of(Throwable failure, WithheldValues values, int causes) {
        Throwable cause = failure.getCause();
        return new WithheldException(
                values.withhold(failure.toString()),
                failure.getStackTrace(),
                cause == null || causes == 0 ? null : of(cause, values, causes - 1));
    }

    /** Returns what the real failure returns, without values. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // The text begins with the class of the real failure.
    public String toString() {
        return text;
    }
}
