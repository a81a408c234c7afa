package dev.modelsecrets.standard.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A text file as it was read. A class and not a record, so that no generated {@code toString} shows the text. */
public final class ConfigFile {

    /** The most bytes that a document may have. */
    public static final int LARGEST_FILE = 4 << 20;

    private static final int MOST_ATTEMPTS = 1_000;

    private static final String ADVICE = ": save the file as UTF-8";

    /** The byte order mark in UTF-8. */
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Path real;
    private final transient String text;

    private ConfigFile(Path real, String text) {
        this.real = real;
        this.text = text;
    }

    /**
     * Reads a file; links are followed, as Kubernetes mounts a file through {@code ..data}.
     *
     * @param file the file
     * @return what it holds, or null if it does not exist
     * @throws MalformedException if it is no regular file, is larger than 4 MiB, not UTF-8, or cannot be read
     */
    public static @Nullable ConfigFile read(Path file) throws MalformedException {
        return read(file, LARGEST_FILE, false, ADVICE);
    }

    /**
     * Reads a file; links are followed, as Kubernetes mounts a file through {@code ..data}.
     *
     * @param file the file
     * @param limit the most bytes that it may have
     * @param mayHaveMark whether a byte order mark is passed over, instead of refused
     * @param advice what to do about a file that is not UTF-8
     * @return what it holds, or null if it does not exist
     * @throws MalformedException if it is no regular file, is larger, not UTF-8, or cannot be read
     */
    public static @Nullable ConfigFile read(Path file, int limit, boolean mayHaveMark, String advice)
            throws MalformedException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            ConfigFile read = tryToRead(file, limit, mayHaveMark, advice);
            if (read != null) {
                return read;
            }
            if (FileProblem.isGone(file)) {
                return null;
            }
        }
        throw new MalformedException(FileProblem.RESTLESS);
    }

    private static @Nullable ConfigFile tryToRead(Path file, int limit, boolean mayHaveMark, String advice)
            throws MalformedException {
        try {
            Path real = file.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            SecretFile.requireFit(attributes, limit);
            byte[] bytes = new ConfigReading(real, (int) attributes.size(), limit).read();
            return new ConfigFile(real, SecretFile.decode(mayHaveMark ? withoutMark(bytes) : bytes, advice));
        } catch (NoSuchFileException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MalformedException(FileProblem.INTERRUPTED);
        } catch (IOException e) {
            boolean isThere = e instanceof UnfitFileException || e instanceof AccessDeniedException;
            // Below a file, as where HOME is /dev/null, there is none.
            if (!isThere && FileProblem.isGone(file)) {
                return null;
            }
            throw new MalformedException(FileProblem.of(e));
        }
    }

    /**
     * Decodes the bytes of a document that does not come from a file.
     *
     * @throws MalformedException if they are too many, or not UTF-8
     */
    public static String decodeDocument(byte[] bytes) throws MalformedException {
        if (bytes.length > LARGEST_FILE) {
            throw new MalformedException("is larger than 4 MiB");
        }
        try {
            return SecretFile.decode(bytes, ADVICE);
        } catch (IOException e) {
            throw new MalformedException(FileProblem.of(e));
        }
    }

    private static byte[] withoutMark(byte[] bytes) {
        boolean isMarked = bytes.length >= MARK.length && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length);
        return isMarked ? Arrays.copyOfRange(bytes, MARK.length, bytes.length) : bytes;
    }

    /** Returns the whole text. */
    public String text() {
        return text;
    }

    /** Tells whether users other than the owner may read it; false where the file system has no such notion. */
    public boolean isReadableByOthers() {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(real);
            return permissions.contains(PosixFilePermission.GROUP_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
