package dev.modelsecrets.internal;

import java.io.IOException;
import java.io.Writer;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A writer that passes on everything but secrets. Thread-safe. */
public final class RedactingWriter extends Writer {

    private final Writer out;
    private final RedactingBuffer buffer;
    private boolean closed;

    /**
     * Wraps a writer.
     *
     * @param out the writer to pass on to; closed with this one
     * @param needles what to look for, asked anew for each piece
     */
    public RedactingWriter(Writer out, Supplier<Needles> needles) {
        this(out, needles, System::nanoTime);
    }

    RedactingWriter(Writer out, Supplier<Needles> needles, LongSupplier clock) {
        this.out = out;
        buffer = new RedactingBuffer(needles, Search::of, clock);
    }

    @Override
    public void write(char[] text, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, text.length);
        synchronized (buffer) {
            for (int done = 0; done < count; done += RedactingBuffer.PIECE) {
                take(new String(text, offset + done, Math.min(RedactingBuffer.PIECE, count - done)));
            }
        }
    }

    @Override
    public void write(String text, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, text.length());
        synchronized (buffer) {
            for (int start = offset; start < offset + count; start += RedactingBuffer.PIECE) {
                take(text.substring(start, Math.min(offset + count, start + RedactingBuffer.PIECE)));
            }
        }
    }

    private void take(String piece) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        StringBuilder certain = new StringBuilder(piece.length());
        buffer.take(piece, certain);
        out.append(certain);
    }

    /** Passes on all that is certain by now; after an idle time also an end that may turn into a secret. */
    @Override
    public void flush() throws IOException {
        synchronized (buffer) {
            if (!closed) {
                StringBuilder certain = new StringBuilder();
                buffer.flush(certain);
                out.append(certain);
            }
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (buffer) {
            if (!closed) {
                closed = true;
                StringBuilder rest = new StringBuilder();
                buffer.end(rest);
                try (out) {
                    out.append(rest);
                }
            }
        }
    }
}
