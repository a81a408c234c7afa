package dev.modelsecrets.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Redacts what the appenders attached to it write: for a {@code logback.xml} that names the place of the redaction
 * itself.
 *
 * <pre>{@code
 * <appender name="REDACTED" class="dev.modelsecrets.logback.RedactingAppender">
 *   <appender-ref ref="FILE"/>
 * </appender>
 * }</pre>
 *
 * <p>An attached appender with an encoder is redacted in the text that the encoder made; any other one gets an event
 * whose texts are redacted. The secrets come from {@link SecretRedaction#install(dev.modelsecrets.RefreshingSecrets)
 * SecretRedaction.install}, before or after; until then events pass as they are. Thread-safe.
 */
public final class RedactingAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements AppenderAttachable<ILoggingEvent> {

    private final boolean installed;
    private final AppenderAttachableImpl<ILoggingEvent> attached = new AppenderAttachableImpl<>();
    private volatile @Nullable Redactions redactions;

    /** Creates an appender that others are attached to. */
    public RedactingAppender() {
        this(false);
    }

    private RedactingAppender(boolean installed) {
        this.installed = installed;
    }

    static RedactingAppender around(Appender<ILoggingEvent> appender, Context context) {
        RedactingAppender redacting = new RedactingAppender(true);
        redacting.setContext(context);
        redacting.setName(appender.getName());
        redacting.attached.addAppender(appender);
        redacting.start();
        return redacting;
    }

    /** Tells whether code put it here, and not the configuration. */
    boolean isInstalled() {
        return installed;
    }

    @Override
    public void start() {
        redactions = Redactions.of(getContext());
        super.start();
    }

    /** Stops it and the attached appenders. */
    @Override
    public void stop() {
        super.stop();
        attached.detachAndStopAllAppenders();
    }

    @Override
    protected void append(ILoggingEvent event) {
        Redactions known = redactions;
        attached.appendLoopOnAppenders(known == null ? event : RedactedEvent.of(event, known));
    }

    @Override
    public void addAppender(Appender<ILoggingEvent> appender) {
        Appenders.redactText(appender);
        attached.addAppender(appender);
    }

    @Override
    public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
        return attached.iteratorForAppenders();
    }

    @Override
    public @Nullable Appender<ILoggingEvent> getAppender(String name) {
        return attached.getAppender(name);
    }

    @Override
    public boolean isAttached(Appender<ILoggingEvent> appender) {
        return attached.isAttached(appender);
    }

    @Override
    public void detachAndStopAllAppenders() {
        attached.detachAndStopAllAppenders();
    }

    @Override
    public boolean detachAppender(Appender<ILoggingEvent> appender) {
        return attached.detachAppender(appender);
    }

    @Override
    public boolean detachAppender(String name) {
        return attached.detachAppender(name);
    }
}
