package dev.modelsecrets.log4j2;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.appender.AbstractOutputStreamAppender;
import org.apache.logging.log4j.core.appender.AsyncAppender;
import org.apache.logging.log4j.core.appender.FailoverAppender;
import org.apache.logging.log4j.core.appender.rewrite.RewriteAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.status.StatusLogger;

/** Puts redaction into the appenders of a context, each at the last point where there is text, and takes it out. */
final class Appenders {

    private Appenders() {}

    static void redact(LoggerContext context) {
        Redactions redactions = Redactions.of(context);
        for (Appender appender : allOf(context.getConfiguration())) {
            if (passesOn(appender) || appender.getLayout() instanceof RedactingLayout) {
                continue;
            }
            if (appender instanceof AbstractAppender filterable) {
                RedactionFilter.install(filterable, delivery(filterable, redactions), redactions);
            } else {
                StatusLogger.getLogger()
                        .warn(
                                "The appender {} is not redacted: it extends {} and not AbstractAppender",
                                appender.getName(),
                                appender.getClass().getSuperclass().getName());
            }
        }
    }

    static void restore(LoggerContext context) {
        for (Appender appender : allOf(context.getConfiguration())) {
            if (appender instanceof AbstractAppender filterable) {
                RedactionFilter.remove(filterable);
            }
        }
    }

    /** Tells whether an appender writes nothing itself: those that it passes on to do, and are redacted. */
    private static boolean passesOn(Appender appender) {
        return appender instanceof AsyncAppender
                || appender instanceof RewriteAppender
                || appender instanceof FailoverAppender;
    }

    /**
     * Returns how many redacted appenders an event of a logger arrives at, directly or through a queue; 0 if it would
     * arrive at one that is not redacted, too.
     */
    static int arrivalsAt(LoggerConfig logger) {
        int arrivals = 0;
        for (LoggerConfig config = logger; config != null; config = config.isAdditive() ? config.getParent() : null) {
            for (Appender appender : config.getAppenders().values()) {
                if (!passesOn(appender) && !isRedacted(appender)) {
                    return 0;
                }
                arrivals += appender instanceof AsyncAppender queue ? queue.getAppenderRefStrings().length : 1;
            }
        }
        return arrivals;
    }

    private static boolean isRedacted(Appender appender) {
        return appender.getLayout() instanceof RedactingLayout
                || (appender instanceof AbstractAppender filterable
                        && filterable.getFilter() instanceof RedactionFilter);
    }

    private static Delivery delivery(AbstractAppender appender, Redactions redactions) {
        return appender instanceof AbstractOutputStreamAppender<?> stream
                        && stream.getLayout() instanceof StringLayout layout
                ? new TextDelivery(stream, layout, redactions)
                : event -> appender.append(RedactedEvent.of(event, redactions));
    }

    private static Set<Appender> allOf(Configuration configuration) {
        Set<Appender> all = Collections.newSetFromMap(new IdentityHashMap<>());
        all.addAll(configuration.getAppenders().values());
        for (LoggerConfig logger : configuration.getLoggers().values()) {
            all.addAll(logger.getAppenders().values());
        }
        return all;
    }
}
