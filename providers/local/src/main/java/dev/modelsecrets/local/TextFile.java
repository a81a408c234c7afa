package dev.modelsecrets.local;

import dev.modelsecrets.standard.internal.FileProblem;
import dev.modelsecrets.standard.internal.SecretFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads files that hold secrets: regular ones of at most 1 MiB in strict UTF-8. */
final class TextFile {

    static final int LARGEST = 1 << 20;

    /** The most that a program may write. */
    static final int LARGEST_OUTPUT = 16 << 20;

    /** The byte order mark in UTF-8. */
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final int MOST_ATTEMPTS = 1_000;

    /** A file cannot be read; the message follows its path, and holds nothing of it. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String problem) {
            super(problem, null, false, false);
        }

        String problem() {
            return String.valueOf(getMessage());
        }
    }

    private TextFile() {}

    /**
     * Returns the text of a file that is a secret, or empty if there is no such file; links are followed, also while a
     * kubelet changes them.
     */
    static Optional<String> read(Path file) throws UnreadableException {
        return read(file, false);
    }

    /** Returns the text of a file that holds secrets, in the same way but for a byte order mark, which may be there. */
    static Optional<String> readDocument(Path file) throws UnreadableException {
        return read(file, true);
    }

    private static Optional<String> read(Path file, boolean mayHaveMark) throws UnreadableException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Optional<String> text = tryToRead(file, mayHaveMark);
            if (text.isPresent() || FileProblem.isGone(file)) {
                return text;
            }
        }
        throw new UnreadableException(FileProblem.RESTLESS);
    }

    private static Optional<String> tryToRead(Path file, boolean mayHaveMark) throws UnreadableException {
        try {
            // The type is looked at first: to open a FIFO would wait for a writer.
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw new UnreadableException("is a directory, not a file");
            }
            if (!attributes.isRegularFile()) {
                throw new UnreadableException("is not a regular file but a FIFO, a socket or a device");
            }
            return Optional.of(decodeFile(bytes(file), mayHaveMark));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (AccessDeniedException e) {
            throw new UnreadableException("cannot be read: permission denied");
        } catch (IOException e) {
            throw new UnreadableException("cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST + 1);
        }
    }

    private static String decodeFile(byte[] bytes, boolean mayHaveMark) throws UnreadableException {
        if (bytes.length > LARGEST) {
            throw tooLarge(LARGEST);
        }
        try {
            int start = mayHaveMark && isMarked(bytes) ? MARK.length : 0;
            byte[] text = Arrays.copyOfRange(bytes, start, bytes.length);
            return SecretFile.decode(text, ": store binary data as base64");
        } catch (IOException e) {
            throw new UnreadableException(FileProblem.of(e));
        }
    }

    private static boolean isMarked(byte[] bytes) {
        return bytes.length >= MARK.length && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length);
    }

    private static UnreadableException tooLarge(int limit) {
        return new UnreadableException("is larger than " + (limit >> 20) + " MiB");
    }

    /** Decodes what was read from a command. */
    static String decode(byte[] bytes) throws UnreadableException {
        return decode(bytes, LARGEST);
    }

    /** Decodes several values at once, one on each line. */
    static List<String> decodeLines(byte[] bytes) throws UnreadableException {
        return decode(bytes, LARGEST_OUTPUT).lines().toList();
    }

    /** Decodes a document of several values. */
    static String decodeDocument(byte[] bytes) throws UnreadableException {
        return decode(bytes, LARGEST_OUTPUT);
    }

    private static String decode(byte[] bytes, int limit) throws UnreadableException {
        if (bytes.length > limit) {
            throw tooLarge(limit);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableException("is not valid UTF-8: store binary data as base64");
        }
    }

    /** Removes the one line break that ends a text of a single line, as editors and {@code echo} write it. */
    static String withoutFinalLineBreak(String text) {
        int end = text.length();
        if (text.endsWith("\r\n")) {
            end -= 2;
        } else if (text.endsWith("\n")) {
            end -= 1;
        }
        String line = text.substring(0, end);
        return line.indexOf('\n') < 0 ? line : text;
    }
}
