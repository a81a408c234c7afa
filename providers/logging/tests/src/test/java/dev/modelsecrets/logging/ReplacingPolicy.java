package dev.modelsecrets.logging;

import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.rewrite.RewritePolicy;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;

/** What one would write by hand, for the benchmark: each value is replaced in the message, and nowhere else. */
@Plugin(name = "ReplacingPolicy", category = Core.CATEGORY_NAME, elementType = "rewritePolicy")
public final class ReplacingPolicy implements RewritePolicy {

    private ReplacingPolicy() {}

    /** Creates a policy. */
    @PluginFactory
    public static ReplacingPolicy create() {
        return new ReplacingPolicy();
    }

    @Override
    public LogEvent rewrite(LogEvent event) {
        String text = event.getMessage().getFormattedMessage();
        String replaced = text;
        for (String value : LoggingBenchmark.VALUES.values()) {
            replaced = replaced.replace(value, "***");
        }
        return replaced.equals(text)
                ? event
                : new Log4jLogEvent.Builder(event)
                        .setMessage(new SimpleMessage(replaced))
                        .build();
    }
}
