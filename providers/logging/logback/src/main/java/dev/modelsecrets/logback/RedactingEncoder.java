package dev.modelsecrets.logback;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.DefaultClass;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Redacts the text that another encoder makes: for a {@code logback.xml} that names the place of the redaction itself.
 *
 * <pre>{@code
 * <encoder class="dev.modelsecrets.logback.RedactingEncoder">
 *   <encoder class="net.logstash.logback.encoder.LogstashEncoder"/>
 * </encoder>
 * }</pre>
 *
 * <p>The secrets come from {@link SecretRedaction#install(dev.modelsecrets.RefreshingSecrets) SecretRedaction.install},
 * before or after; until then lines pass as they are. An event whose redaction fails is replaced by one that says so,
 * in the layout of the other encoder. Text in another charset than UTF-8 is understood where the other encoder is a
 * {@link LayoutWrappingEncoder}. Thread-safe if the other encoder is.
 */
public final class RedactingEncoder extends EncoderBase<ILoggingEvent> {

    private final boolean installed;
    private @Nullable Encoder<ILoggingEvent> encoder;
    private volatile @Nullable Redactions redactions;

    /** Creates an encoder that needs another one. */
    public RedactingEncoder() {
        this(false);
    }

    private RedactingEncoder(boolean installed) {
        this.installed = installed;
    }

    static RedactingEncoder around(Encoder<ILoggingEvent> encoder, Context context) {
        RedactingEncoder redacting = new RedactingEncoder(true);
        redacting.setContext(context);
        redacting.setEncoder(encoder);
        redacting.start();
        return redacting;
    }

    /**
     * Sets the encoder whose text is redacted; in a configuration that names no class, one with a {@code <pattern>}.
     *
     * @param encoder any encoder that writes text
     */
    @DefaultClass(PatternLayoutEncoder.class)
    public void setEncoder(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    /**
     * Returns the encoder whose text is redacted.
     *
     * @return the encoder, or null before {@link #setEncoder}
     */
    public @Nullable Encoder<ILoggingEvent> getEncoder() {
        return encoder;
    }

    /** Tells whether code put it here, and not the configuration. */
    boolean isInstalled() {
        return installed;
    }

    /** Starts it, and the other encoder where nobody did; without one it reports an error and stays stopped. */
    @Override
    public void start() {
        Encoder<ILoggingEvent> other = encoder;
        if (other == null) {
            addError("This encoder redacts what another one writes: nest an <encoder> in it");
            return;
        }
        if (!other.isStarted()) {
            other.start();
        }
        redactions = Redactions.of(getContext());
        super.start();
    }

    @Override
    public void stop() {
        if (encoder != null) {
            encoder.stop();
        }
        super.stop();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        Encoder<ILoggingEvent> other = encoder;
        if (other == null || AsyncQueues.arrived(event)) {
            return new byte[0];
        }
        byte[] line = other.encode(event);
        try {
            return redact(line);
        } catch (Throwable e) {
            // Whatever it is, the event must neither be lost nor be written as it is.
            return other.encode(new WithheldEvent(event, e));
        }
    }

    @Override
    public byte @Nullable [] headerBytes() {
        return encoder == null ? null : frame(encoder.headerBytes());
    }

    @Override
    public byte @Nullable [] footerBytes() {
        return encoder == null ? null : frame(encoder.footerBytes());
    }

    private byte @Nullable [] frame(byte @Nullable [] text) {
        try {
            return text == null ? null : redact(text);
        } catch (Throwable e) {
            addError("A header or footer is left out: its redaction failed with "
                    + e.getClass().getName());
            return null;
        }
    }

    private byte[] redact(byte[] line) {
        Redactions known = redactions;
        if (known == null || known.isEmpty()) {
            return line;
        }
        Charset charset = charset();
        return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII)
                ? redactUtf8(line, known)
                : redact(line, charset, known);
    }

    @SuppressWarnings("ReferenceEquality") // The same object says that there is nothing to replace.
    private static byte[] redactUtf8(byte[] line, Redactions known) {
        ByteBuffer text = ByteBuffer.wrap(line);
        ByteBuffer redacted = known.redact(text);
        if (redacted == text) {
            return line;
        }
        byte[] bytes = new byte[redacted.remaining()];
        redacted.get(bytes);
        return bytes;
    }

    private static byte[] redact(byte[] line, Charset preferred, Redactions known) {
        Charset charset = preferred;
        String text = new String(line, charset);
        if (text.indexOf('\uFFFD') >= 0 && !Arrays.equals(text.getBytes(charset), line)) {
            // What this charset does not understand keeps its bytes, and plain ASCII is found in it.
            charset = StandardCharsets.ISO_8859_1;
            text = new String(line, charset);
        }
        String redacted = known.redact(text);
        return redacted.equals(text) ? line : redacted.getBytes(charset);
    }

    private Charset charset() {
        if (encoder instanceof LayoutWrappingEncoder<?> layout) {
            return layout.getCharset() == null ? Charset.defaultCharset() : layout.getCharset();
        }
        return StandardCharsets.UTF_8;
    }
}
