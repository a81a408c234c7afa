package dev.modelsecrets.jul;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * Redacts the text that another formatter makes: for a {@code logging.properties} that names the place itself.
 *
 * <pre>
 * java.util.logging.ConsoleHandler.formatter = dev.modelsecrets.jul.RedactingFormatter
 * dev.modelsecrets.jul.RedactingFormatter.formatter = com.acme.JsonFormatter
 * </pre>
 *
 * <p>Without the second line the text is {@link SimpleFormatter}'s. The secrets come from {@link
 * SecretRedaction#install(dev.modelsecrets.RefreshingSecrets) SecretRedaction.install}; until then lines pass as they
 * are. A record whose redaction fails is replaced by one that says so. Thread-safe if the other formatter is.
 */
public final class RedactingFormatter extends Formatter {

    private final Formatter formatter;
    private final boolean installed;
    private final Redactions redactions = new Redactions();

    /** Creates a formatter around the one that the property of this class names. */
    public RedactingFormatter() {
        this(configured(), false);
    }

    private RedactingFormatter(Formatter formatter, boolean installed) {
        this.formatter = formatter;
        this.installed = installed;
    }

    static RedactingFormatter installed(Formatter formatter) {
        return new RedactingFormatter(formatter, true);
    }

    /** Makes what the configuration names, as the handlers of the JDK do. */
    private static Formatter configured() {
        String name = LogManager.getLogManager().getProperty(RedactingFormatter.class.getName() + ".formatter");
        if (name == null) {
            return new SimpleFormatter();
        }
        try {
            return Class.forName(name.trim(), true, ClassLoader.getSystemClassLoader())
                    .asSubclass(Formatter.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalArgumentException(name + " is not the name of a formatter with a public constructor");
        }
    }

    @Override
    public String format(LogRecord event) {
        String text = formatter.format(event);
        try {
            return redactions.redact(text);
        } catch (Throwable e) {
            // Whatever it is, the record must neither be lost nor be written as it is.
            return formatter.format(Copies.withheld(event, e));
        }
    }

    @Override
    public String getHead(Handler handler) {
        return frame(formatter.getHead(handler));
    }

    @Override
    public String getTail(Handler handler) {
        return frame(formatter.getTail(handler));
    }

    private String frame(String text) {
        try {
            return redactions.redact(text);
        } catch (Throwable e) {
            return "";
        }
    }

    Formatter formatter() {
        return formatter;
    }

    /** Tells whether code put it here, and not the configuration. */
    boolean isInstalled() {
        return installed;
    }

    Redactions redactions() {
        return redactions;
    }
}
