package dev.modelsecrets.jul;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.StreamHandler;

/** Writes what a formatter makes into memory. */
final class MemoryStreamHandler extends StreamHandler {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    MemoryStreamHandler(Formatter formatter) {
        setOutputStream(bytes);
        setFormatter(formatter);
        setLevel(Level.ALL);
        try {
            setEncoding("UTF-8");
        } catch (java.io.UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void publish(LogRecord event) {
        super.publish(event);
        flush();
    }

    String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
