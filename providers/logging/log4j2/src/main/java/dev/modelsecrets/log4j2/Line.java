package dev.modelsecrets.log4j2;

import java.nio.ByteBuffer;
import org.apache.logging.log4j.core.layout.ByteBufferDestination;

/** Takes what a layout encodes, as long as it may be. For one thread. */
final class Line implements ByteBufferDestination {

    private static final int USUAL = 1 << 10;
    private static final int LONGEST_KEPT = 1 << 16;

    private final long thread;
    private boolean inUse;
    private ByteBuffer bytes = ByteBuffer.allocate(USUAL);

    /**
     * Makes a line.
     *
     * @param thread the id of the one thread that will use it
     */
    Line(long thread) {
        this.thread = thread;
    }

    /** Tells whether a thread may use it: it is that thread's, which is not in the midst of another event with it. */
    boolean isFreeFor(long candidate) {
        return thread == candidate && !inUse;
    }

    /** Begins anew. */
    void begin() {
        inUse = true;
        bytes.clear();
    }

    /** Returns all that was taken; nothing more is until it begins anew. */
    ByteBuffer text() {
        return bytes.flip();
    }

    /** Lets the next event have it, unless it has grown large. */
    void end() {
        inUse = bytes.capacity() > LONGEST_KEPT;
    }

    @Override
    public ByteBuffer getByteBuffer() {
        return bytes;
    }

    /** Makes room for more. */
    @Override
    public ByteBuffer drain(ByteBuffer full) {
        reserve(full.capacity());
        return bytes;
    }

    @Override
    public void writeBytes(ByteBuffer data) {
        if (data.hasArray()) {
            // Quicker than from buffer to buffer.
            writeBytes(data.array(), data.arrayOffset() + data.position(), data.remaining());
            data.position(data.limit());
        } else {
            reserve(data.remaining());
            bytes.put(data);
        }
    }

    @Override
    public void writeBytes(byte[] data, int offset, int length) {
        reserve(length);
        bytes.put(data, offset, length);
    }

    private void reserve(int count) {
        if (bytes.remaining() < count) {
            bytes = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + count))
                    .put(bytes.flip());
        }
    }
}
