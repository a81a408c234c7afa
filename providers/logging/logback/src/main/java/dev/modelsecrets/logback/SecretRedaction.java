package dev.modelsecrets.logback;

import ch.qos.logback.classic.LoggerContext;
import dev.modelsecrets.Redactor;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secrets;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Keeps secret values out of everything that Logback writes, from {@code install} until {@link #close}.
 *
 * <pre>{@code
 * RefreshingSecrets secrets = resolver.refreshing(declarations, Duration.ofMinutes(1));
 * SecretRedaction redaction = SecretRedaction.install(secrets);
 * }</pre>
 *
 * <p>It works with the configuration as it stands: appenders that have an encoder are redacted in the text that the
 * encoder made, so in the message, arguments, MDC, markers, key-value pairs, exceptions and whatever else a pattern or
 * a JSON encoder prints. Appenders without an encoder get a redacted event. A configuration that is read later, by a
 * scan of {@code logback.xml} for example, is redacted too; an appender that code adds later is not until the next
 * {@code install}. Several redactions may be installed at once, each with its own secrets.
 *
 * <p>If the redaction itself fails, a line says that the event was withheld. Thread-safe.
 */
public final class SecretRedaction implements AutoCloseable {

    private final LoggerContext context;
    private final Map.Entry<UnaryOperator<String>, UnaryOperator<ByteBuffer>> redaction;
    private final Reconfiguration reconfiguration;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SecretRedaction(
            LoggerContext context, Map.Entry<UnaryOperator<String>, UnaryOperator<ByteBuffer>> redaction) {
        this.context = context;
        this.redaction = redaction;
        this.reconfiguration = new Reconfiguration(context, Redactions.of(context));
    }

    /**
     * Redacts the values of refreshing secrets, those of later refreshes included.
     *
     * @param secrets the secrets
     * @return what ends the redaction
     * @throws IllegalStateException if SLF4J does not log to Logback
     */
    public static SecretRedaction install(RefreshingSecrets secrets) {
        return install(secrets.redactor());
    }

    /**
     * Redacts the values of secrets.
     *
     * @param secrets the secrets
     * @return what ends the redaction
     * @throws IllegalStateException if SLF4J does not log to Logback
     */
    public static SecretRedaction install(Secrets secrets) {
        return install(secrets.redactor());
    }

    /**
     * Redacts what a redactor finds.
     *
     * @param redactor the redactor
     * @return what ends the redaction
     * @throws IllegalStateException if SLF4J does not log to Logback
     */
    public static SecretRedaction install(Redactor redactor) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            return install(redactor, context);
        }
        throw new IllegalStateException("SLF4J logs to " + factory.getClass().getName()
                + " and not to Logback: put logback-classic on the class path and no other binding");
    }

    /**
     * Redacts what a redactor finds, in a logger context other than SLF4J's.
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
        installed.reconfiguration.follow();
        Appenders.redact(context);
        return installed;
    }

    /**
     * Ends this redaction; the last one to end gives the appenders back as they were. Lines that an asynchronous
     * appender holds are written first, for a second at most. Idempotent.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        Redactions redactions = Redactions.of(context);
        Appenders.redact(context);
        AsyncQueues.drain(context);
        reconfiguration.ignore();
        redactions.remove(redaction);
        if (redactions.isEmpty()) {
            Appenders.restore(context);
        }
    }
}
