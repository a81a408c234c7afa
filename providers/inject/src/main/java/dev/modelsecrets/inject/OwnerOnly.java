package dev.modelsecrets.inject;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Creates files and directories that have their final permissions from the first moment, and removes them.
 *
 * <p>What cannot be created is a {@link SecretInjectionException}; what cannot be removed goes to a list of problems,
 * so that the rest is removed.
 */
final class OwnerOnly {

    private static final FileAttribute<?> DIRECTORY_PERMISSIONS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILE_PERMISSIONS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------"));

    private OwnerOnly() {}

    /** Creates a directory and those above it, and puts each that was created at the front of {@code created}. */
    static void createDirectories(Path directory, Deque<Path> created) {
        if (Files.isDirectory(directory)) {
            return;
        }
        @Nullable Path parent = directory.getParent();
        if (parent != null) {
            createDirectories(parent, created);
        }
        try {
            Files.createDirectory(directory, permissions(directory, DIRECTORY_PERMISSIONS));
            created.addFirst(directory);
        } catch (FileAlreadyExistsException e) {
            // Another process may have created it just now.
            if (!Files.isDirectory(directory)) {
                throw new SecretInjectionException(directory + " is not a directory");
            }
        } catch (IOException e) {
            throw FileProblem.exception(directory, "created", e);
        }
    }

    static void createDirectory(Path directory) {
        try {
            Files.createDirectory(directory, permissions(directory, DIRECTORY_PERMISSIONS));
        } catch (IOException e) {
            throw FileProblem.exception(directory, "created", e);
        }
    }

    static Path createUniqueDirectory(Path parent, String prefix) {
        try {
            return Files.createTempDirectory(parent, prefix, permissions(parent, DIRECTORY_PERMISSIONS));
        } catch (IOException e) {
            throw FileProblem.exception(parent, "written to", e);
        }
    }

    /** Returns the entries of a directory that have such names; none if there is no directory. */
    static List<String> namesThatStartWith(String prefix, Path directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.startsWith(prefix)) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw FileProblem.exception(directory, "read", e);
        } catch (DirectoryIteratorException e) {
            throw FileProblem.exception(directory, "read", Objects.requireNonNull(e.getCause()));
        }
        Collections.sort(names);
        return names;
    }

    static void writeFile(Path file, String text) {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(file, options, permissions(file, FILE_PERMISSIONS))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw FileProblem.exception(file, "written", e);
        }
    }

    private static FileAttribute<?>[] permissions(Path path, FileAttribute<?> permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {permissions} : new FileAttribute<?>[0];
    }

    /** Creates a link, unless there is anything of its name. */
    static void createLink(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw FileProblem.exception(link, "created", e);
        } catch (UnsupportedOperationException e) {
            throw new SecretInjectionException(link + " cannot be created: the file system has no symbolic links");
        }
    }

    /** Puts a link in the place of another one, in one step. */
    static void swapLink(Path next, Path link) {
        try {
            Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw FileProblem.exception(link, "replaced", e);
        }
    }

    /** Returns whether nothing is left. */
    static boolean deleteTree(Path path, List<String> problems) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    deleteTree(child, problems);
                }
            } catch (IOException e) {
                problems.add(FileProblem.describe(path, "read", e));
            } catch (DirectoryIteratorException e) {
                problems.add(FileProblem.describe(path, "read", Objects.requireNonNull(e.getCause())));
            }
        }
        return delete(path, problems);
    }

    /** Returns whether nothing is left. */
    static boolean delete(Path path, List<String> problems) {
        try {
            Files.deleteIfExists(path);
            return true;
        } catch (IOException e) {
            problems.add(FileProblem.describe(path, "removed", e));
            return false;
        }
    }

    /** Returns whether there is nothing left to do: it is gone, or somebody else put something there. */
    static boolean deleteIfEmpty(Path directory, List<String> problems) {
        try {
            Files.deleteIfExists(directory);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return true;
        } catch (IOException e) {
            problems.add(FileProblem.describe(directory, "removed", e));
            return false;
        }
    }
}
