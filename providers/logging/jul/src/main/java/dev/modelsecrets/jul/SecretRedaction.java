package dev.modelsecrets.jul;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secrets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.logging.LogManager;

/**
 * Keeps secret values out of everything that java.util.logging writes, from {@code install} until {@link #close}.
 *
 * <pre>{@code
 * RefreshingSecrets secrets = resolver.refreshing(declarations, Duration.ofMinutes(1));
 * SecretRedaction redaction = SecretRedaction.install(secrets);
 * }</pre>
 *
 * <p>It works with the configuration as it stands: handlers that write the text of a formatter are redacted in that
 * text, so in the message, parameters, exceptions and whatever else the formatter prints. Other handlers get a redacted
 * record. A configuration that is read later is redacted too; a handler that code adds later is not until the next
 * {@code install}. Several redactions may be installed at once, each with its own secrets.
 *
 * <p>If the redaction itself fails, a line says that the record was withheld. Thread-safe.
 */
public final class SecretRedaction implements AutoCloseable {

    private final UnaryOperator<String> redaction;
    private final Runnable reconfiguration;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SecretRedaction(UnaryOperator<String> redaction) {
        this.redaction = redaction;
        this.reconfiguration = () -> Handlers.redact(redaction);
    }

    /**
     * Redacts the values of refreshing secrets, those of later refreshes included.
     *
     * @param secrets the secrets
     * @return what ends the redaction
     */
    public static SecretRedaction install(RefreshingSecrets secrets) {
        return install(secrets.redactor());
    }

    /**
     * Redacts the values of secrets.
     *
     * @param secrets the secrets
     * @return what ends the redaction
     */
    public static SecretRedaction install(Secrets secrets) {
        return install(secrets.redactor());
    }

    /**
     * Redacts what a redactor finds.
     *
     * @param redactor the redactor
     * @return what ends the redaction
     */
    public static SecretRedaction install(Redactor redactor) {
        return install(redactor::redact);
    }

    static SecretRedaction install(UnaryOperator<String> redaction) {
        SecretRedaction installed = new SecretRedaction(redaction);
        LogManager.getLogManager().addConfigurationListener(installed.reconfiguration);
        Handlers.redact(redaction);
        return installed;
    }

    /** Ends this redaction; the last one to end gives the handlers back as they were. Idempotent. */
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            LogManager.getLogManager().removeConfigurationListener(reconfiguration);
            Handlers.restore(redaction);
        }
    }
}
