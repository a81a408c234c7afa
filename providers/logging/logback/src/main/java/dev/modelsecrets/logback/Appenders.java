package dev.modelsecrets.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.AppenderAttachable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts redaction into the appenders of a context, each at the last point where there is text, and takes it out. */
final class Appenders {

    private Appenders() {}

    static void redact(LoggerContext context) {
        for (Logger logger : context.getLoggerList()) {
            for (Appender<ILoggingEvent> appender : attachedTo(logger)) {
                if (!redactText(appender)) {
                    // In this order an event that comes meanwhile may be written twice, but is not lost.
                    logger.addAppender(RedactingAppender.around(appender, context));
                    logger.detachAppender(appender);
                }
            }
        }
    }

    /**
     * Redacts the text that an appender, or those that it passes on to, write.
     *
     * @return whether all that it writes is redacted now
     */
    static boolean redactText(Appender<ILoggingEvent> appender) {
        if (appender instanceof RedactingAppender) {
            return true;
        }
        Optional<EncoderProperty> property = EncoderProperty.of(appender);
        if (property.isPresent()) {
            return property.get().redact();
        }
        List<Appender<ILoggingEvent>> attached = attachedTo(appender);
        boolean all = !attached.isEmpty();
        for (Appender<ILoggingEvent> child : attached) {
            all &= redactText(child);
        }
        return all;
    }

    static void restore(LoggerContext context) {
        for (Logger logger : context.getLoggerList()) {
            for (Appender<ILoggingEvent> appender : attachedTo(logger)) {
                restoreText(appender);
                if (appender instanceof RedactingAppender redacting && redacting.isInstalled()) {
                    attachedTo(redacting).forEach(logger::addAppender);
                    logger.detachAppender(appender);
                }
            }
        }
    }

    private static void restoreText(Appender<ILoggingEvent> appender) {
        EncoderProperty.of(appender).ifPresent(EncoderProperty::restore);
        attachedTo(appender).forEach(Appenders::restoreText);
    }

    /** Returns the appenders that something passes on to; none if it is not of that kind. */
    static List<Appender<ILoggingEvent>> attachedTo(Object parent) {
        List<Appender<ILoggingEvent>> attached = new ArrayList<>();
        if (parent instanceof AppenderAttachable<?>) {
            @SuppressWarnings("unchecked")
            AppenderAttachable<ILoggingEvent> attachable = (AppenderAttachable<ILoggingEvent>) parent;
            attachable.iteratorForAppenders().forEachRemaining(attached::add);
        }
        return attached;
    }
}
