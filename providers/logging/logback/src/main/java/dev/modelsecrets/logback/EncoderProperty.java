package dev.modelsecrets.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The encoder of an appender.
 *
 * <p>Besides {@link OutputStreamAppender} it is any appender with the properties that a configuration would set, such
 * as the TCP appenders of logstash-logback-encoder.
 */
final class EncoderProperty {

    private final Appender<ILoggingEvent> appender;
    private final Method getter;
    private final Method setter;

    private EncoderProperty(Appender<ILoggingEvent> appender, Method getter, Method setter) {
        this.appender = appender;
        this.getter = getter;
        this.setter = setter;
    }

    /** Returns the property of an appender that has one and can be asked for it. */
    static Optional<EncoderProperty> of(Appender<ILoggingEvent> appender) {
        Class<?> type = appender instanceof OutputStreamAppender ? OutputStreamAppender.class : appender.getClass();
        try {
            EncoderProperty property = new EncoderProperty(
                    appender, type.getMethod("getEncoder"), type.getMethod("setEncoder", Encoder.class));
            property.encoder();
            return Optional.of(property);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return Optional.empty();
        }
    }

    /** Wraps the encoder unless that is done already; false if there is none. */
    boolean redact() {
        try {
            Encoder<ILoggingEvent> encoder = encoder();
            if (encoder == null) {
                return false;
            }
            if (!(encoder instanceof RedactingEncoder)) {
                set(RedactingEncoder.around(encoder, appender.getContext()));
            }
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Undoes {@link #redact}; an encoder that the configuration itself names stays. */
    void restore() {
        try {
            if (encoder() instanceof RedactingEncoder redacting && redacting.isInstalled()) {
                set(redacting.getEncoder());
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            // It could be wrapped, so this does not happen.
            throw new IllegalStateException(e.getClass().getName());
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable Encoder<ILoggingEvent> encoder() throws IllegalAccessException, InvocationTargetException {
        return (Encoder<ILoggingEvent>) getter.invoke(appender);
    }

    private void set(@Nullable Encoder<ILoggingEvent> encoder)
            throws IllegalAccessException, InvocationTargetException {
        setter.invoke(appender, encoder);
    }
}
