package dev.modelsecrets.log4j2;

import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;

/** Stands for an event that could not be redacted: when, where and how grave it was, and nothing that it said. */
final class WithheldEvent {

    private WithheldEvent() {}

    static LogEvent of(LogEvent event, Throwable failure) {
        return Log4jLogEvent.newBuilder()
                .setLevel(event.getLevel())
                .setLoggerName(event.getLoggerName())
                .setLoggerFqcn(event.getLoggerFqcn())
                .setInstant(event.getInstant())
                .setNanoTime(event.getNanoTime())
                .setThreadName("withheld")
                .setThreadId(event.getThreadId())
                .setThreadPriority(event.getThreadPriority())
                .setContextData(ContextDataFactory.emptyFrozenContextData())
                .setContextStack(ThreadContext.EMPTY_STACK)
                .setEndOfBatch(event.isEndOfBatch())
                .setMessage(new SimpleMessage("This event was withheld: its redaction failed with "
                        + failure.getClass().getName()))
                .build();
    }
}
