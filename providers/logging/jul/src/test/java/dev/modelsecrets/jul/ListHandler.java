package dev.modelsecrets.jul;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** A handler without a formatter, which keeps the records. */
final class ListHandler extends Handler {

    final List<LogRecord> events = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord event) {
        events.add(event);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
