package dev.modelsecrets.log4j2;

import org.apache.logging.log4j.message.Message;
import org.jspecify.annotations.Nullable;

/** A message whose texts are redacted. */
final class RedactedMessage implements Message {

    private static final long serialVersionUID = 1L;

    private final @Nullable String formatted;
    private final transient Object[] parameters;
    private final @Nullable Throwable throwable;

    RedactedMessage(@Nullable String formatted, Object[] parameters, @Nullable Throwable throwable) {
        this.formatted = formatted;
        this.parameters = parameters;
        this.throwable = throwable;
    }

    @Override
    public @Nullable String getFormattedMessage() {
        return formatted;
    }

    @Override
    @SuppressWarnings("deprecation")
    public @Nullable String getFormat() {
        return formatted;
    }

    @Override
    public Object[] getParameters() {
        return parameters == null ? new Object[0] : parameters;
    }

    @Override
    public @Nullable Throwable getThrowable() {
        return throwable;
    }

    @Override
    public String toString() {
        return String.valueOf(formatted);
    }
}
