package dev.modelsecrets.jul;

import java.util.Arrays;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/** Makes records that stand for others. */
final class Copies {

    private static final Formatter FORMATTER = new SimpleFormatter();

    private Copies() {}

    /**
     * Returns a record without secrets.
     *
     * @return the same record if there is no secret in it; one that says that it was withheld if that cannot be told
     */
    static LogRecord redacted(LogRecord event, Redactions redactions) {
        if (redactions.isEmpty()) {
            return event;
        }
        try {
            Texts texts = new Texts(redactions);
            LogRecord copy = copy(event);
            copy.setLoggerName(texts.redact(event.getLoggerName()));
            copy.setMessage(message(event, texts));
            copy.setParameters(parameters(event.getParameters(), texts));
            copy.setThrown(RedactedThrowable.of(event.getThrown(), texts));
            copy.setSourceClassName(event.getSourceClassName());
            copy.setSourceMethodName(event.getSourceMethodName());
            copy.setResourceBundle(event.getResourceBundle());
            copy.setResourceBundleName(event.getResourceBundleName());
            return texts.isFound() ? copy : event;
        } catch (Throwable e) {
            // Whatever it is, the record must neither be lost nor be passed on as it is.
            return withheld(event, e);
        }
    }

    /** Returns what stands for a record that could not be redacted: when, where and how grave, and nothing it said. */
    static LogRecord withheld(LogRecord event, Throwable failure) {
        LogRecord withheld = copy(event);
        withheld.setLoggerName(event.getLoggerName());
        withheld.setSourceClassName(event.getLoggerName());
        withheld.setSourceMethodName(null);
        withheld.setMessage("This event was withheld: its redaction failed with "
                + failure.getClass().getName());
        return withheld;
    }

    private static LogRecord copy(LogRecord event) {
        LogRecord copy = new LogRecord(event.getLevel(), "");
        copy.setInstant(event.getInstant());
        copy.setSequenceNumber(event.getSequenceNumber());
        copy.setLongThreadID(event.getLongThreadID());
        return copy;
    }

    /** Returns the message as it is where it has no secret, not even with its parameters filled in. */
    private static @Nullable String message(LogRecord event, Texts texts) {
        if (event.getMessage() == null) {
            return null;
        }
        String formatted = FORMATTER.formatMessage(event);
        String clean = texts.redact(formatted);
        return formatted.equals(clean) ? event.getMessage() : clean;
    }

    private static Object @Nullable [] parameters(Object @Nullable [] parameters, Texts texts) {
        if (parameters == null) {
            return null;
        }
        Object[] redacted = new Object[parameters.length];
        for (int i = 0; i < redacted.length; i++) {
            String text = parameters[i] instanceof Object[] array
                    ? Arrays.deepToString(array)
                    : String.valueOf(parameters[i]);
            String clean = texts.redact(text);
            redacted[i] = text.equals(clean) ? parameters[i] : clean;
        }
        return redacted;
    }
}
