package dev.modelsecrets.log4j2;

import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.appender.AbstractOutputStreamAppender;
import org.apache.logging.log4j.core.appender.OutputStreamManager;
import org.apache.logging.log4j.core.appender.rolling.RollingFileManager;

/** Writes what an appender would write, to the same file or stream, once the layout has made the text. */
final class TextDelivery implements Delivery {

    private final AbstractOutputStreamAppender<?> appender;
    private final RedactedText text;

    TextDelivery(AbstractOutputStreamAppender<?> appender, StringLayout layout, Redactions redactions) {
        this.appender = appender;
        this.text = new RedactedText(layout, redactions);
    }

    @Override
    public void deliver(LogEvent event) {
        OutputStreamManager manager = appender.getManager();
        if (manager instanceof RollingFileManager rolling) {
            rolling.checkRollover(event);
        }
        text.write(event, manager);
        if (appender.getImmediateFlush() || event.isEndOfBatch()) {
            manager.flush();
        }
    }
}
