package dev.modelsecrets.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** An encoder that writes the same for each event: some bytes, then a text. */
final class FixedEncoder extends EncoderBase<ILoggingEvent> {

    private final byte[] bytes;
    private final String text;

    FixedEncoder(byte[] bytes, String text) {
        this.bytes = bytes;
        this.text = text;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(bytes);
        line.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return line.toByteArray();
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
