package dev.modelsecrets.log4j2;

import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.apache.logging.log4j.spi.MutableThreadContextStack;
import org.apache.logging.log4j.util.ReadOnlyStringMap;
import org.apache.logging.log4j.util.StringMap;
import org.jspecify.annotations.Nullable;

/** Makes copies of events with all their texts redacted, for appenders that do not write the text of a layout. */
final class RedactedEvent {

    private RedactedEvent() {}

    /**
     * Returns an event without secrets.
     *
     * @return the same event if there is no secret in it; one that says that it was withheld if that cannot be told
     */
    static LogEvent of(LogEvent event, Redactions redactions) {
        if (redactions.isEmpty()) {
            return event;
        }
        try {
            Texts texts = new Texts(redactions);
            LogEvent redacted = copy(event, texts);
            return texts.isFound() ? redacted : event;
        } catch (Throwable e) {
            // Whatever it is, the event must neither be lost nor be passed on as it is.
            return WithheldEvent.of(event, e);
        }
    }

    private static LogEvent copy(LogEvent event, Texts texts) {
        Throwable thrown = RedactedThrowable.of(event.getThrown(), texts);
        return new Log4jLogEvent.Builder(event)
                .setLoggerName(texts.redact(event.getLoggerName()))
                .setThreadName(texts.redact(event.getThreadName()))
                .setMarker(marker(event.getMarker(), texts))
                .setMessage(message(event.getMessage(), thrown, texts))
                .setThrown(thrown)
                .setContextData(contextData(event.getContextData(), texts))
                .setContextStack(contextStack(event.getContextStack(), texts))
                .build();
    }

    private static @Nullable Marker marker(@Nullable Marker marker, Texts texts) {
        if (marker == null) {
            return null;
        }
        String text = marker.toString();
        String redacted = texts.redact(text);
        return text.equals(redacted) ? marker : new MarkerManager.Log4jMarker(redacted);
    }

    private static Message message(Message message, @Nullable Throwable thrown, Texts texts) {
        Object[] parameters = message.getParameters();
        Object[] redacted = new Object[parameters == null ? 0 : parameters.length];
        for (int i = 0; i < redacted.length; i++) {
            redacted[i] = argument(parameters[i], texts);
        }
        return new RedactedMessage(texts.redact(message.getFormattedMessage()), redacted, thrown);
    }

    /** Returns an argument as it is, or its text where that has a secret in it. */
    private static @Nullable Object argument(@Nullable Object argument, Texts texts) {
        String text = ParameterizedMessage.deepToString(argument);
        String redacted = texts.redact(text);
        return text == null || text.equals(redacted) ? argument : redacted;
    }

    private static StringMap contextData(ReadOnlyStringMap data, Texts texts) {
        StringMap redacted = ContextDataFactory.createContextData();
        data.forEach((key, value) -> redacted.putValue(texts.redact(key), argument(value, texts)));
        redacted.freeze();
        return redacted;
    }

    private static ThreadContext.ContextStack contextStack(ThreadContext.ContextStack stack, Texts texts) {
        if (stack == null || stack.getDepth() == 0) {
            return ThreadContext.EMPTY_STACK;
        }
        MutableThreadContextStack redacted = new MutableThreadContextStack();
        stack.asList().forEach(text -> redacted.push(texts.redact(text)));
        redacted.freeze();
        return redacted;
    }
}
