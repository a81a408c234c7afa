package dev.modelsecrets.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;

/** A stream of UTF-8 text that passes on everything but secrets. Each byte is treated as a character. Thread-safe. */
public final class RedactingOutputStream extends OutputStream {

    private final OutputStream out;
    private final Supplier<MultiPattern> patterns;
    private final RedactingBuffer buffer = new RedactingBuffer();
    private boolean closed;

    /**
     * Wraps a stream.
     *
     * @param out the stream to pass on to; closed with this one
     * @param patterns what to look for, as {@link #bytesOf} makes it; asked anew for each piece
     */
    public RedactingOutputStream(OutputStream out, Supplier<MultiPattern> patterns) {
        this.out = out;
        this.patterns = patterns;
    }

    /** Turns a text into one whose characters are the bytes of its UTF-8 form. */
    public static String bytesOf(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        synchronized (buffer) {
            if (closed) {
                throw new IOException("closed");
            }
            char[] target = buffer.reserve(count);
            for (int i = 0; i < count; i++) {
                target[buffer.length() + i] = (char) (bytes[offset + i] & 0xFF);
            }
            StringBuilder certain = new StringBuilder(count);
            buffer.take(count, patterns.get(), certain);
            passOn(certain);
        }
    }

    /** Passes on all that is certain by now; an end that may turn into a secret waits for more text or the close. */
    @Override
    public void flush() throws IOException {
        synchronized (buffer) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (buffer) {
            if (!closed) {
                closed = true;
                StringBuilder rest = new StringBuilder();
                buffer.end(patterns.get(), rest);
                try (out) {
                    passOn(rest);
                }
            }
        }
    }

    private void passOn(StringBuilder text) throws IOException {
        if (text.length() > 0) {
            out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
