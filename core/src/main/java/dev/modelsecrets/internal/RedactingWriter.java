package dev.modelsecrets.internal;

import java.io.IOException;
import java.io.Writer;
import java.util.function.Supplier;

/** A writer that passes on everything but secrets. Thread-safe. */
public final class RedactingWriter extends Writer {

    private final Writer out;
    private final Supplier<MultiPattern> patterns;
    private final RedactingBuffer buffer = new RedactingBuffer();
    private boolean closed;

    /**
     * Wraps a writer.
     *
     * @param out the writer to pass on to; closed with this one
     * @param patterns what to look for, asked anew for each piece
     */
    public RedactingWriter(Writer out, Supplier<MultiPattern> patterns) {
        this.out = out;
        this.patterns = patterns;
    }

    @Override
    public void write(char[] text, int offset, int count) throws IOException {
        synchronized (buffer) {
            if (closed) {
                throw new IOException("closed");
            }
            System.arraycopy(text, offset, buffer.reserve(count), buffer.length(), count);
            StringBuilder certain = new StringBuilder(count);
            buffer.take(count, patterns.get(), certain);
            out.append(certain);
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
                    out.append(rest);
                }
            }
        }
    }
}
