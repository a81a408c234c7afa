package dev.modelsecrets.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.MessageFormatter;

/** A copy of an event with all its texts redacted, for appenders that do not write the text of an encoder. */
final class RedactedEvent extends LoggingEvent {

    private final transient ILoggingEvent event;
    private final @Nullable String formatted;
    private final transient @Nullable IThrowableProxy throwable;

    private RedactedEvent(ILoggingEvent event, Texts texts) {
        this.event = event;
        setLevel(event.getLevel());
        setInstant(event.getInstant());
        setSequenceNumber(event.getSequenceNumber());
        setLoggerName(texts.redact(event.getLoggerName()));
        setThreadName(texts.redact(event.getThreadName()));
        setMessage(texts.redact(event.getMessage()));
        setArgumentArray(arguments(event.getArgumentArray(), texts));
        setMDCPropertyMap(redacted(event.getMDCPropertyMap(), texts));
        LoggerContextVO context = event.getLoggerContextVO();
        setLoggerContextRemoteView(new LoggerContextVO(
                context.getName(), redacted(context.getPropertyMap(), texts), context.getBirthTime()));
        List<Marker> markers = event.getMarkerList();
        if (markers != null) {
            markers.forEach(marker -> addMarker(marker(marker, texts)));
        }
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            setKeyValuePairs(pairs.stream()
                    .map(pair -> new KeyValuePair(texts.redact(pair.key), argument(pair.value, texts)))
                    .toList());
        }
        formatted = texts.redact(event.getFormattedMessage());
        throwable = RedactedThrowable.of(event.getThrowableProxy(), texts);
    }

    /**
     * Returns an event without secrets.
     *
     * @return the same event if there is no secret in it; one that says that it was withheld if that cannot be told
     */
    static ILoggingEvent of(ILoggingEvent event, Redactions redactions) {
        if (redactions.isEmpty()) {
            return event;
        }
        try {
            Texts texts = new Texts(redactions);
            RedactedEvent redacted = new RedactedEvent(event, texts);
            return texts.isFound() ? redacted : event;
        } catch (Throwable e) {
            // Whatever it is, the event must neither be lost nor be passed on as it is.
            return new WithheldEvent(event, e);
        }
    }

    private static Object @Nullable [] arguments(Object @Nullable [] arguments, Texts texts) {
        if (arguments == null) {
            return null;
        }
        Object[] redacted = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            redacted[i] = argument(arguments[i], texts);
        }
        return redacted;
    }

    /** Returns an argument as it is, or its text where that has a secret in it. */
    private static @Nullable Object argument(@Nullable Object argument, Texts texts) {
        String text = MessageFormatter.format("{}", argument).getMessage();
        String redacted = texts.redact(text);
        return text == null || text.equals(redacted) ? argument : redacted;
    }

    private static Marker marker(Marker marker, Texts texts) {
        String text = marker.toString();
        String redacted = texts.redact(text);
        return text.equals(redacted) ? marker : MarkerFactory.getDetachedMarker(redacted);
    }

    private static Map<String, String> redacted(@Nullable Map<String, String> map, Texts texts) {
        Map<String, String> redacted = new HashMap<>();
        if (map != null) {
            map.forEach((key, value) -> redacted.put(texts.redact(key), texts.redact(value)));
        }
        return redacted;
    }

    @Override
    public @Nullable String getFormattedMessage() {
        return formatted;
    }

    @Override
    public @Nullable IThrowableProxy getThrowableProxy() {
        return throwable;
    }

    @Override
    public StackTraceElement[] getCallerData() {
        return event.getCallerData();
    }

    @Override
    public boolean hasCallerData() {
        return event.hasCallerData();
    }
}
