package dev.modelsecrets.jul;

import java.io.UnsupportedEncodingException;
import java.util.logging.ErrorManager;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** Stands for a handler that does not write the text of a formatter: passes redacted records on to it. */
final class RedactingHandler extends Handler {

    private final Handler handler;
    private final Redactions redactions = new Redactions();

    RedactingHandler(Handler handler) {
        this.handler = handler;
    }

    Handler handler() {
        return handler;
    }

    Redactions redactions() {
        return redactions;
    }

    @Override
    public void publish(LogRecord event) {
        if (handler.isLoggable(event)) {
            handler.publish(Copies.redacted(event, redactions));
        }
    }

    @Override
    public void flush() {
        handler.flush();
    }

    @Override
    public void close() {
        handler.close();
    }

    // Everything else is the other handler's.

    @Override
    public boolean isLoggable(LogRecord event) {
        return handler.isLoggable(event);
    }

    @Override
    public Level getLevel() {
        return handler.getLevel();
    }

    @Override
    public synchronized void setLevel(Level level) {
        handler.setLevel(level);
    }

    @Override
    public @Nullable Filter getFilter() {
        return handler.getFilter();
    }

    @Override
    public synchronized void setFilter(@Nullable Filter filter) {
        handler.setFilter(filter);
    }

    @Override
    public @Nullable Formatter getFormatter() {
        return handler.getFormatter();
    }

    @Override
    public synchronized void setFormatter(Formatter formatter) {
        handler.setFormatter(formatter);
    }

    @Override
    public @Nullable String getEncoding() {
        return handler.getEncoding();
    }

    @Override
    public synchronized void setEncoding(@Nullable String encoding) throws UnsupportedEncodingException {
        handler.setEncoding(encoding);
    }

    @Override
    public ErrorManager getErrorManager() {
        return handler.getErrorManager();
    }

    @Override
    public synchronized void setErrorManager(ErrorManager errors) {
        handler.setErrorManager(errors);
    }
}
