package dev.modelsecrets.standard.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/** Reads a file that holds secrets: only a regular one, up to a limit, as strict UTF-8 without a byte order mark. */
final class SecretFile {

    private SecretFile() {}

    /**
     * Refuses what is no regular file up to a limit. It comes before opening: to open a FIFO would wait for a writer.
     *
     * @throws IOException if it is something else or too large
     */
    static void requireFit(BasicFileAttributes attributes, int limit) throws IOException {
        if (attributes.isDirectory()) {
            throw FileProblem.unfit("is a directory, not a file");
        }
        if (!attributes.isRegularFile()) {
            throw FileProblem.unfit("is not a regular file but a FIFO, a socket, a device or a link");
        }
        if (attributes.size() > limit) {
            throw tooLarge(limit);
        }
    }

    /**
     * Reads a file to its end.
     *
     * @param expectedSize how many bytes it had right before
     * @param limit the most bytes it may have
     * @return what it holds
     * @throws IOException if it is larger by now, or cannot be read
     */
    static byte[] read(SeekableByteChannel channel, int expectedSize, int limit) throws IOException {
        // A FIFO that took the file's place has no position to set, and reading it could wait for ever.
        channel.position(0);
        // One byte more than expected: a read that leaves it free has seen the end of the file.
        ByteBuffer buffer = ByteBuffer.allocate(expectedSize + 1);
        while (channel.read(buffer) > 0) {
            if (!buffer.hasRemaining()) {
                if (buffer.capacity() > limit) {
                    throw tooLarge(limit);
                }
                buffer.flip();
                buffer = ByteBuffer.allocate(Math.min(limit, 2 * buffer.capacity()) + 1)
                        .put(buffer);
            } else if (buffer.position() == expectedSize) {
                break;
            }
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static IOException tooLarge(int limit) {
        return FileProblem.unfit("is larger than " + (limit >> 20) + " MiB");
    }

    /**
     * Decodes what a file holds.
     *
     * @param advice what to do about a file that is not UTF-8
     * @throws IOException if it is not UTF-8, or has a byte order mark
     */
    static String decode(byte[] bytes, String advice) throws IOException {
        if (isUtf32(bytes)) {
            throw FileProblem.unfit("is UTF-32, not UTF-8: save the file as UTF-8");
        }
        if (isUtf16(bytes)) {
            throw FileProblem.unfit("is UTF-16, not UTF-8: save the file as UTF-8");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.startsWith("\uFEFF")) {
            throw FileProblem.unfit("has a byte order mark: save the file as UTF-8 without one");
        }
        if (text.indexOf('\uFFFD') >= 0) {
            return decodeStrictly(bytes, advice);
        }
        return text;
    }

    /**
     * Decodes a text with the replacement character: either the file has it, or a decoder put it where bytes made no
     * sense.
     */
    private static String decodeStrictly(byte[] bytes, String advice) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IOException e) {
            throw FileProblem.unfit("is not valid UTF-8" + advice);
        }
    }

    /** Tells whether there is a mark of UTF-32, or half of every four bytes are zero, as in text of any letters. */
    private static boolean isUtf32(byte[] bytes) {
        return bytes.length > 2
                && bytes.length % 4 == 0
                && ((isZero(bytes, 0, 4) && isZero(bytes, 1, 4)) != (isZero(bytes, 2, 4) && isZero(bytes, 3, 4))
                        || isMark(bytes, 0xFFFE, 0)
                        || isMark(bytes, 0, 0xFEFF));
    }

    /** Tells whether there is a mark of UTF-16, or half of every second byte are zero, as in text of Latin letters. */
    private static boolean isUtf16(byte[] bytes) {
        if (isMark(bytes, 0xFEFF) || isMark(bytes, 0xFFFE)) {
            return true;
        }
        int even = zeros(bytes, 0);
        int odd = zeros(bytes, 1);
        int zeros = Math.max(even, odd);
        return zeros > 1 && Math.min(even, odd) == 0 && zeros >= bytes.length / 4;
    }

    private static boolean isMark(byte[] bytes, int... marks) {
        for (int i = 0; i < marks.length; i++) {
            if (bytes.length < 2 * i + 2 || ((bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF)) != marks[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(byte[] bytes, int start, int step) {
        for (int i = start; i < bytes.length; i += step) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static int zeros(byte[] bytes, int start) {
        int zeros = 0;
        for (int i = start; i < bytes.length; i += 2) {
            zeros += bytes[i] == 0 ? 1 : 0;
        }
        return zeros;
    }
}
