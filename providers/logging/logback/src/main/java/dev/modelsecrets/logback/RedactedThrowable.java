package dev.modelsecrets.logback;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/** An exception, its causes and its suppressed ones with their messages redacted. */
final class RedactedThrowable implements IThrowableProxy {

    private final IThrowableProxy throwable;
    private final @Nullable String message;
    private final @Nullable String overridingMessage;
    private final @Nullable IThrowableProxy cause;
    private final IThrowableProxy[] suppressed;

    private RedactedThrowable(IThrowableProxy throwable, Texts texts) {
        this.throwable = throwable;
        message = texts.redact(throwable.getMessage());
        overridingMessage = texts.redact(throwable.getOverridingMessage());
        cause = of(throwable.getCause(), texts);
        IThrowableProxy[] others = throwable.getSuppressed();
        suppressed = new IThrowableProxy[others == null ? 0 : others.length];
        for (int i = 0; i < suppressed.length; i++) {
            suppressed[i] = new RedactedThrowable(others[i], texts);
        }
    }

    static @Nullable IThrowableProxy of(@Nullable IThrowableProxy throwable, Texts texts) {
        return throwable == null ? null : new RedactedThrowable(throwable, texts);
    }

    @Override
    public @Nullable String getMessage() {
        return message;
    }

    @Override
    public @Nullable String getOverridingMessage() {
        return overridingMessage;
    }

    @Override
    public String getClassName() {
        return throwable.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
        return throwable.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
        return throwable.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
        return cause;
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
        return suppressed;
    }

    @Override
    public boolean isCyclic() {
        return throwable.isCyclic();
    }
}
