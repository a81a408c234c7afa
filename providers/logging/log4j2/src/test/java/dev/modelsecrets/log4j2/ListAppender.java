package dev.modelsecrets.log4j2;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** An appender without a layout, which keeps the events. */
final class ListAppender extends AbstractAppender {

    final List<LogEvent> events = new CopyOnWriteArrayList<>();

    ListAppender() {
        super("LIST", null, null, true, Property.EMPTY_ARRAY);
    }

    /** Adds one to the root logger. */
    static ListAppender in(Logging logging) {
        ListAppender list = new ListAppender();
        list.start();
        logging.context.getConfiguration().getRootLogger().addAppender(list, null, null);
        return list;
    }

    @Override
    public void append(LogEvent event) {
        events.add(event.toImmutable());
    }

    List<String> messages() {
        return events.stream()
                .map(event -> event.getMessage().getFormattedMessage())
                .toList();
    }
}
