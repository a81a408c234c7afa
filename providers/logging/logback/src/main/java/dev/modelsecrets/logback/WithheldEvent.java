package dev.modelsecrets.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Map;

/** Stands for an event that could not be redacted: when, where and how grave it was, and nothing that it said. */
final class WithheldEvent extends LoggingEvent {

    WithheldEvent(ILoggingEvent event, Throwable failure) {
        setLevel(event.getLevel());
        setInstant(event.getInstant());
        setSequenceNumber(event.getSequenceNumber());
        setLoggerName(event.getLoggerName());
        setThreadName("withheld");
        setMDCPropertyMap(Map.of());
        LoggerContextVO context = event.getLoggerContextVO();
        setLoggerContextRemoteView(new LoggerContextVO(context.getName(), Map.of(), context.getBirthTime()));
        setMessage("This event was withheld: its redaction failed with "
                + failure.getClass().getName());
    }

    @Override
    public StackTraceElement[] getCallerData() {
        return new StackTraceElement[0];
    }
}
