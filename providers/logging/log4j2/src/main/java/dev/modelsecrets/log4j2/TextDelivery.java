package dev.modelsecrets.log4j2;

import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.appender.AbstractOutputStreamAppender;
import org.apache.logging.log4j.core.appender.OutputStreamManager;
import org.apache.logging.log4j.core.appender.rolling.RollingFileManager;

/** Writes what an appender would write, to the same file or stream, once the layout has made the text. */
final class TextDelivery implements Delivery {

    private final AbstractOutputStreamAppender<?> appender;
    private final StringLayout layout;
    private final Redactions redactions;

    TextDelivery(AbstractOutputStreamAppender<?> appender, StringLayout layout, Redactions redactions) {
        this.appender = appender;
        this.layout = layout;
        this.redactions = redactions;
    }

    @Override
    public void deliver(LogEvent event) {
        byte[] line = text(layout, event, redactions).getBytes(layout.getCharset());
        OutputStreamManager manager = appender.getManager();
        if (manager instanceof RollingFileManager rolling) {
            rolling.checkRollover(event);
        }
        manager.writeBytes(line, 0, line.length);
        if (appender.getImmediateFlush() || event.isEndOfBatch()) {
            manager.flush();
        }
    }

    /** Returns the text of an event without secrets, or of one that says that it was withheld. */
    static String text(StringLayout layout, LogEvent event, Redactions redactions) {
        String text = layout.toSerializable(event);
        try {
            return redactions.redact(text);
        } catch (Throwable e) {
            // Whatever it is, the event must neither be lost nor be written as it is.
            return layout.toSerializable(WithheldEvent.of(event, e));
        }
    }
}
