package dev.modelsecrets.log4j2;

import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.rewrite.RewritePolicy;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginConfiguration;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;

/**
 * Redacts events for appenders that do not write the text of a layout, in a {@code log4j2.xml}.
 *
 * <pre>{@code
 * <Rewrite name="Redacted">
 *   <AppenderRef ref="Database"/>
 *   <RedactingPolicy/>
 * </Rewrite>
 * }</pre>
 *
 * <p>Where there is a layout, {@link RedactingLayout} is the better choice: it sees what is finally written. The
 * secrets come from {@link SecretRedaction#install(dev.modelsecrets.RefreshingSecrets) SecretRedaction.install}, before
 * or after; until then events pass as they are. Thread-safe.
 */
@Plugin(name = "RedactingPolicy", category = Core.CATEGORY_NAME, elementType = "rewritePolicy", printObject = true)
public final class RedactingPolicy implements RewritePolicy {

    private final Redactions redactions;

    private RedactingPolicy(Redactions redactions) {
        this.redactions = redactions;
    }

    /**
     * Creates a policy for a configuration.
     *
     * @param configuration the configuration that it is part of
     * @return the policy
     */
    @PluginFactory
    public static RedactingPolicy create(@PluginConfiguration Configuration configuration) {
        return new RedactingPolicy(Redactions.of(configuration.getLoggerContext()));
    }

    @Override
    public LogEvent rewrite(LogEvent event) {
        return AsyncQueues.isLast(event) ? event : RedactedEvent.of(event, redactions);
    }

    @Override
    public String toString() {
        return "RedactingPolicy";
    }
}
