package dev.modelsecrets.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits until the asynchronous appenders of a context have written what they hold. */
final class AsyncQueues {

    /** The message of an event that follows those in a queue; where it arrives all of them have been written. */
    private static final String LAST = "dev.modelsecrets.logback.last";

    /** A queue that does not move does not keep a program from ending. */
    private static final long PATIENCE_MILLISECONDS = 1_000;

    private AsyncQueues() {}

    static void drain(LoggerContext context) {
        for (Logger logger : context.getLoggerList()) {
            for (Appender<ILoggingEvent> appender : Appenders.attachedTo(logger)) {
                if (isAsynchronous(appender) && !drain(appender, context)) {
                    return;
                }
            }
        }
    }

    /** Takes the event that ends a queue: true if it was one, which must not be written. */
    static boolean arrived(ILoggingEvent event) {
        if (LAST.equals(event.getMessage())
                && event.getArgumentArray() != null
                && event.getArgumentArray()[0] instanceof CountDownLatch arrival) {
            arrival.countDown();
            return true;
        }
        return false;
    }

    /** Tells whether text may be made by another thread than the one that logs. */
    private static boolean isAsynchronous(Appender<ILoggingEvent> appender) {
        boolean atOnce = appender instanceof OutputStreamAppender || appender instanceof RedactingAppender;
        return !atOnce && appender.isStarted();
    }

    /** Returns false if this thread is interrupted. */
    private static boolean drain(Appender<ILoggingEvent> appender, LoggerContext context) {
        CountDownLatch arrival = new CountDownLatch(1);
        appender.doAppend(last(arrival, context));
        try {
            // An appender with a filter of its own may never let it through.
            boolean ignored = arrival.await(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A class of Logback's own, because a queue may hold on to its last event for long. */
    private static LoggingEvent last(CountDownLatch arrival, LoggerContext context) {
        LoggingEvent last = new LoggingEvent();
        // No appender discards this level because its queue is nearly full.
        last.setLevel(Level.ERROR);
        last.setTimeStamp(System.currentTimeMillis());
        last.setLoggerName(LAST);
        last.setThreadName(LAST);
        last.setMDCPropertyMap(Map.of());
        last.setLoggerContextRemoteView(context.getLoggerContextRemoteView());
        last.setCallerData(new StackTraceElement[0]);
        last.setMessage(LAST);
        last.setArgumentArray(new Object[] {arrival});
        return last;
    }
}
