package dev.modelsecrets.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A stream of UTF-8 text that passes on everything but secrets; what is no UTF-8 stays as it is. Thread-safe. */
public final class RedactingOutputStream extends OutputStream {

    private final OutputStream out;
    private final RedactingBuffer buffer;
    private boolean closed;

    /**
     * Wraps a stream.
     *
     * @param out the stream to pass on to; closed with this one
     * @param needles what to look for, asked anew for each piece
     */
    public RedactingOutputStream(OutputStream out, Supplier<Needles> needles) {
        this(out, needles, System::nanoTime);
    }

    RedactingOutputStream(OutputStream out, Supplier<Needles> needles, LongSupplier clock) {
        this.out = out;
        buffer = new RedactingBuffer(needles, Search::ofUtf8, clock);
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
            for (int done = 0; done < count; done += RedactingBuffer.PIECE) {
                int length = Math.min(RedactingBuffer.PIECE, count - done);
                StringBuilder certain = new StringBuilder(length);
                buffer.take(new String(bytes, offset + done, length, StandardCharsets.ISO_8859_1), certain);
                passOn(certain);
            }
        }
    }

    /** Passes on all that is certain by now; after an idle time also an end that may turn into a secret. */
    @Override
    public void flush() throws IOException {
        synchronized (buffer) {
            if (!closed) {
                StringBuilder certain = new StringBuilder();
                buffer.flush(certain);
                passOn(certain);
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
