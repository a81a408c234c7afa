package dev.modelsecrets.log4j2;

import java.util.Map;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginConfiguration;
import org.apache.logging.log4j.core.config.plugins.PluginElement;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.core.impl.LocationAware;
import org.apache.logging.log4j.core.layout.AbstractStringLayout;
import org.apache.logging.log4j.core.layout.ByteBufferDestination;
import org.jspecify.annotations.Nullable;

/**
 * Redacts the text that another layout makes: for a {@code log4j2.xml} that names the place of the redaction itself.
 *
 * <pre>{@code
 * <RedactingLayout>
 *   <PatternLayout pattern="%d %p %c - %m%n"/>
 * </RedactingLayout>
 * }</pre>
 *
 * <p>The secrets come from {@link SecretRedaction#install(dev.modelsecrets.RefreshingSecrets) SecretRedaction.install},
 * before or after; until then lines pass as they are. An event whose redaction fails is replaced by one that says so,
 * in the other layout. Thread-safe if the other layout is.
 */
@Plugin(name = "RedactingLayout", category = Node.CATEGORY, elementType = Layout.ELEMENT_TYPE, printObject = true)
public final class RedactingLayout extends AbstractStringLayout implements LocationAware {

    private final StringLayout layout;
    private final Redactions redactions;
    private final RedactedText text;

    private RedactingLayout(Configuration configuration, StringLayout layout) {
        super(layout.getCharset());
        this.layout = layout;
        this.redactions = Redactions.of(configuration.getLoggerContext());
        this.text = new RedactedText(layout, redactions);
    }

    /**
     * Creates a layout around another one.
     *
     * @param layout a layout that makes text
     * @param configuration the configuration that it is part of
     * @return the layout, or null with a status message if there is no other one that makes text
     */
    @PluginFactory
    public static @Nullable RedactingLayout create(
            @PluginElement("Layout") @Nullable Layout<?> layout, @PluginConfiguration Configuration configuration) {
        if (layout instanceof StringLayout text) {
            return new RedactingLayout(configuration, text);
        }
        LOGGER.error("A RedactingLayout redacts the text of another layout: nest one in it that makes text");
        return null;
    }

    @Override
    public String toSerializable(LogEvent event) {
        return AsyncQueues.arrived(event) ? "" : text.of(event);
    }

    @Override
    public void encode(LogEvent event, ByteBufferDestination destination) {
        if (!AsyncQueues.arrived(event)) {
            text.write(event, destination);
        }
    }

    @Override
    public byte @Nullable [] getHeader() {
        return frame(layout.getHeader());
    }

    @Override
    public byte @Nullable [] getFooter() {
        return frame(layout.getFooter());
    }

    private byte @Nullable [] frame(byte @Nullable [] text) {
        try {
            return text == null
                    ? null
                    : redactions.redact(new String(text, getCharset())).getBytes(getCharset());
        } catch (Throwable e) {
            LOGGER.error(
                    "A header or footer is left out: its redaction failed with {}",
                    e.getClass().getName());
            return null;
        }
    }

    @Override
    public String getContentType() {
        return layout.getContentType();
    }

    @Override
    public Map<String, String> getContentFormat() {
        return layout.getContentFormat();
    }

    @Override
    public boolean requiresLocation() {
        return layout instanceof LocationAware aware && aware.requiresLocation();
    }

    @Override
    public String toString() {
        return "RedactingLayout of " + layout;
    }
}
