package dev.modelsecrets.log4j2;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secrets;
import java.beans.PropertyChangeListener;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;

/**
 * Keeps secret values out of everything that Log4j 2 writes, from {@code install} until {@link #close}.
 *
 * <pre>{@code
 * RefreshingSecrets secrets = resolver.refreshing(declarations, Duration.ofMinutes(1));
 * SecretRedaction redaction = SecretRedaction.install(secrets);
 * }</pre>
 *
 * <p>It works with the configuration as it stands: appenders that write the text of a layout are redacted in that text,
 * so in the message, parameters, maps and collections, thread context, markers, exceptions and whatever else a pattern
 * or a JSON template prints. Other appenders get a redacted event. A configuration that is read later is redacted too;
 * an appender that code adds later is not until the next {@code install}. Several redactions may be installed at once,
 * each with its own secrets.
 *
 * <p>If the redaction itself fails, a line says that the event was withheld. Thread-safe.
 */
public final class SecretRedaction implements AutoCloseable {

    private final LoggerContext context;
    private final Map.Entry<UnaryOperator<String>, UnaryOperator<ByteBuffer>> redaction;
    private final PropertyChangeListener reconfiguration;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SecretRedaction(
            LoggerContext context, Map.Entry<UnaryOperator<String>, UnaryOperator<ByteBuffer>> redaction) {
        this.context = context;
        this.redaction = redaction;
        this.reconfiguration = event -> Appenders.redact(context);
    }

    /**
     * Redacts the values of refreshing secrets, those of later refreshes included.
     *
     * @param secrets the secrets
     * @return what ends the redaction
     * @throws IllegalStateException if the Log4j API does not log to Log4j Core
     */
    public static SecretRedaction install(RefreshingSecrets secrets) {
        return install(secrets.redactor());
    }

    /**
     * Redacts the values of secrets.
     *
     * @param secrets the secrets
     * @return what ends the redaction
     * @throws IllegalStateException if the Log4j API does not log to Log4j Core
     */
    public static SecretRedaction install(Secrets secrets) {
        return install(secrets.redactor());
    }

    /**
     * Redacts what a redactor finds.
     *
     * @param redactor the redactor
     * @return what ends the redaction
     * @throws IllegalStateException if the Log4j API does not log to Log4j Core
     */
    public static SecretRedaction install(Redactor redactor) {
        Object found = LogManager.getContext(false);
        if (found instanceof LoggerContext context) {
            return install(redactor, context);
        }
        throw new IllegalStateException(
                "The Log4j API logs to " + found.getClass().getName()
                        + " and not to Log4j Core: put log4j-core on the class path and no bridge to another back end");
    }

    /**
     * Redacts what a redactor finds, in a logger context other than the caller's.
     *
     * @param redactor the redactor
     * @param context the logger context
     * @return what ends the redaction
     */
    public static SecretRedaction install(Redactor redactor, LoggerContext context) {
        return install(redactor::redact, redactor::redact, context);
    }

    static SecretRedaction install(
            UnaryOperator<String> ofText, UnaryOperator<ByteBuffer> ofUtf8, LoggerContext context) {
        Map.Entry<UnaryOperator<String>, UnaryOperator<ByteBuffer>> redaction = Map.entry(ofText, ofUtf8);
        SecretRedaction installed = new SecretRedaction(context, redaction);
        Redactions.of(context).add(redaction);
        context.addPropertyChangeListener(installed.reconfiguration);
        Appenders.redact(context);
        return installed;
    }

    /**
     * Ends this redaction; the last one to end gives the appenders back as they were. Events that an asynchronous
     * logger or appender holds are written first, for a second at most. Idempotent.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        Redactions redactions = Redactions.of(context);
        Appenders.redact(context);
        AsyncQueues.drain(context);
        context.removePropertyChangeListener(reconfiguration);
        redactions.remove(redaction);
        if (redactions.isEmpty()) {
            Appenders.restore(context);
        }
    }
}
