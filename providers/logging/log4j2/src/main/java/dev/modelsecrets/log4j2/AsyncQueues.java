package dev.modelsecrets.log4j2;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.message.ObjectMessage;

/** Waits until asynchronous loggers and appenders have written what they hold. */
final class AsyncQueues {

    /** Marks an event that follows those in a queue; where it arrives all of them have been written. */
    private static final String LAST = "dev.modelsecrets.log4j2.last";

    /** A queue that does not move does not keep a program from ending. */
    private static final long PATIENCE_MILLISECONDS = 1_000;

    private AsyncQueues() {}

    static void drain(LoggerContext context) {
        for (LoggerConfig config : context.getConfiguration().getLoggers().values()) {
            int arrivals = Appenders.arrivalsAt(config);
            if (arrivals > 0 && !drain(context, config.getName(), arrivals)) {
                return;
            }
        }
    }

    /** Returns false if this thread is interrupted. */
    private static boolean drain(LoggerContext context, String logger, int arrivals) {
        CountDownLatch arrival = new CountDownLatch(arrivals);
        // No filter by level stops this level. Classes of Log4j's own, because a queue may hold on to its last event.
        context.getLogger(logger)
                .logMessage(
                        AsyncQueues.class.getName(),
                        Level.OFF,
                        new MarkerManager.Log4jMarker(LAST),
                        new ObjectMessage(arrival),
                        null);
        try {
            // An appender with a filter of its own may never let it through.
            boolean ignored = arrival.await(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static boolean isLast(LogEvent event) {
        Marker marker = event.getMarker();
        return marker != null && LAST.equals(marker.getName());
    }

    /** Takes the event that ends a queue: true if it was one, which must not be written. */
    static boolean arrived(LogEvent event) {
        if (isLast(event)
                && event.getMessage() instanceof ObjectMessage message
                && message.getParameter() instanceof CountDownLatch arrival) {
            arrival.countDown();
            return true;
        }
        return false;
    }
}
