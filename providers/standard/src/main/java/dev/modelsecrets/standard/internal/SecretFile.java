package dev.modelsecrets.standard.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a file that holds secrets: only a regular one, up to a limit, as strict UTF-8. */
public final class SecretFile {

    private SecretFile() {}

    /**
     * Reads a file that is not a link. The type is looked at first: to open a FIFO would wait for a writer.
     *
     * @param file the file
     * @param attributes its attributes
     * @param limit the most bytes it may have
     * @return its text
     * @throws IOException if it is no regular file, too large, not UTF-8, or cannot be read; see {@link #describe}
     */
    public static String read(Path file, BasicFileAttributes attributes, int limit) throws IOException {
        if (attributes.isDirectory()) {
            throw UnfitFileException.of(file, "is a directory, not a file");
        }
        if (!attributes.isRegularFile()) {
            throw UnfitFileException.of(file, "is not a regular file but a FIFO, a socket, a device or a link");
        }
        if (attributes.size() > limit) {
            throw tooLarge(file, limit);
        }
        return decode(file, readBytes(file, (int) attributes.size(), limit));
    }

    private static byte[] readBytes(Path file, int expectedSize, int limit) throws IOException {
        // One byte more than expected: a read that leaves it free has seen the end of the file.
        ByteBuffer buffer = ByteBuffer.allocate(expectedSize + 1);
        try (SeekableByteChannel channel = Files.newByteChannel(file, LinkOption.NOFOLLOW_LINKS)) {
            while (channel.read(buffer) > 0) {
                if (!buffer.hasRemaining()) {
                    if (buffer.capacity() > limit) {
                        throw tooLarge(file, limit);
                    }
                    buffer.flip();
                    buffer = ByteBuffer.allocate(Math.min(limit, 2 * buffer.capacity()) + 1)
                            .put(buffer);
                } else if (buffer.position() == expectedSize) {
                    break;
                }
            }
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static IOException tooLarge(Path file, int limit) {
        return UnfitFileException.of(file, "is larger than " + (limit >> 20) + " MiB");
    }

    private static String decode(Path file, byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            // Either the file has this very character, or the decoder put it where bytes made no sense.
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw UnfitFileException.of(file, "is not valid UTF-8; store binary data as base64");
            }
        }
        return text;
    }

    /**
     * Says what went wrong with a file, worded to follow its path.
     *
     * @param failure what the file system threw
     * @return words that hold a reason of the operating system, and nothing of the file
     */
    public static String describe(IOException failure) {
        if (failure instanceof UnfitFileException unfit) {
            return unfit.getReason();
        }
        if (failure instanceof AccessDeniedException) {
            return "cannot be read: permission denied for user " + System.getProperty("user.name");
        }
        if (failure instanceof FileSystemLoopException) {
            return "is a link that leads in a circle";
        }
        if (failure instanceof NotDirectoryException) {
            return "is not a directory";
        }
        @Nullable String reason = failure instanceof FileSystemException e ? e.getReason() : null;
        if (reason == null) {
            return "cannot be read: " + failure.getClass().getSimpleName();
        }
        return reason.contains("symbolic links") ? "is a link that leads in a circle" : "cannot be read: " + reason;
    }
}
