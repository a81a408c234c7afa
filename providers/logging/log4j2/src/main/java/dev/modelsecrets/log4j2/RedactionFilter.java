package dev.modelsecrets.log4j2;

import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.filter.AbstractFilter;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of an appender: delivers each event itself, and denies it to the appender.
 *
 * <p>A filter, because it is the one thing that a running appender takes, at once and whoever calls it: a logger, or an
 * asynchronous appender that knows its own.
 */
final class RedactionFilter extends AbstractFilter {

    private final AbstractAppender appender;
    private final Delivery delivery;
    private final Redactions redactions;

    /** The filter that the appender had before. */
    private final @Nullable Filter former;

    private RedactionFilter(AbstractAppender appender, Delivery delivery, Redactions redactions) {
        this.appender = appender;
        this.delivery = delivery;
        this.redactions = redactions;
        this.former = appender.getFilter();
    }

    /** Puts one in front of an appender, unless there is one. */
    static void install(AbstractAppender appender, Delivery delivery, Redactions redactions) {
        synchronized (appender) {
            Filter former = appender.getFilter();
            if (former instanceof RedactionFilter) {
                return;
            }
            RedactionFilter filter = new RedactionFilter(appender, delivery, redactions);
            filter.start();
            appender.addFilter(filter);
            // It asks the former one itself: one that accepts would end the search before it.
            appender.removeFilter(former);
        }
    }

    static void remove(AbstractAppender appender) {
        synchronized (appender) {
            if (appender.getFilter() instanceof RedactionFilter filter) {
                appender.addFilter(filter.former);
                appender.removeFilter(filter);
            }
        }
    }

    @Override
    public Result filter(LogEvent event) {
        if (AsyncQueues.arrived(event)) {
            return Result.DENY;
        }
        Result verdict = former == null ? Result.NEUTRAL : former.filter(event);
        if (verdict == Result.DENY || redactions.isEmpty()) {
            return verdict;
        }
        try {
            delivery.deliver(event);
        } catch (RuntimeException e) {
            // As Log4j treats a failing appender.
            appender.getHandler().error("An exception occurred processing Appender " + appender.getName(), event, e);
            if (!appender.ignoreExceptions()) {
                throw e;
            }
        }
        return Result.DENY;
    }

    @Override
    public boolean stop(long timeout, TimeUnit unit) {
        if (former != null) {
            former.stop();
        }
        return super.stop(timeout, unit);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
