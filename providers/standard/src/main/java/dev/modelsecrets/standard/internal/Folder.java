package dev.modelsecrets.standard.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * A directory that stays the one that was opened: what is asked of it concerns its own entries, never what a link leads
 * to.
 *
 * <p>Where the system allows it, entries are reached through the open directory, so that swapping it or a parent
 * changes nothing. Elsewhere they are reached by path, and it is checked afterwards that nothing was swapped.
 * Thread-safe.
 */
interface Folder extends Closeable {

    /** Opens a directory by its real path. */
    @SuppressWarnings("StreamResourceLeak") // the folder closes it
    static Folder open(Path real) throws IOException {
        if (real.getFileSystem().equals(FileSystems.getDefault())) {
            try {
                DirectoryStream<Path> stream = Files.newDirectoryStream(real);
                if (stream instanceof SecureDirectoryStream<Path> secure) {
                    return new OpenFolder(real, secure);
                }
                stream.close();
            } catch (IOException e) {
                if (!(e instanceof AccessDeniedException)) {
                    throw e;
                }
                // One may be allowed to search a directory and not to list it.
            }
        }
        return new NamedFolder(real);
    }

    /** Returns the attributes of an entry, of a link itself. */
    BasicFileAttributes attributes(String name) throws IOException;

    /** Opens a directory in this one, unless it is a link. */
    Folder folder(String name) throws IOException;

    /** Opens an entry for reading, unless it is a link; it may wait for ever for a FIFO. */
    SeekableByteChannel file(String name, BasicFileAttributes expected) throws IOException;

    /** Returns what identifies the directory itself. */
    Object key() throws IOException;

    /** Reaches its entries through an open directory. */
    final class OpenFolder implements Folder {

        private final Path real;
        private final SecureDirectoryStream<Path> stream;

        OpenFolder(Path real, SecureDirectoryStream<Path> stream) {
            this.real = real;
            this.stream = stream;
        }

        private Path entry(String name) {
            return real.getFileSystem().getPath(name);
        }

        @Override
        public BasicFileAttributes attributes(String name) throws IOException {
            return stream.getFileAttributeView(entry(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
        }

        @Override
        public Folder folder(String name) throws IOException {
            return new OpenFolder(
                    real.resolve(name), stream.newDirectoryStream(entry(name), LinkOption.NOFOLLOW_LINKS));
        }

        @Override
        public SeekableByteChannel file(String name, BasicFileAttributes expected) throws IOException {
            return stream.newByteChannel(entry(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        }

        @Override
        public Object key() throws IOException {
            return keyOf(
                    stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes());
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    /** Reaches its entries by path. */
    final class NamedFolder implements Folder {

        private final Path real;

        NamedFolder(Path real) {
            this.real = real;
        }

        @Override
        public BasicFileAttributes attributes(String name) throws IOException {
            return Files.readAttributes(real.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public Folder folder(String name) {
            return new NamedFolder(real.resolve(name));
        }

        @Override
        public SeekableByteChannel file(String name, BasicFileAttributes expected) throws IOException {
            SeekableByteChannel channel = Files.newByteChannel(real.resolve(name), LinkOption.NOFOLLOW_LINKS);
            try {
                boolean isSame = real.toRealPath().equals(real)
                        && keyOf(attributes(name)).equals(keyOf(expected));
                if (isSame) {
                    return channel;
                }
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            channel.close();
            throw FileProblem.swapped();
        }

        @Override
        public Object key() throws IOException {
            return keyOf(Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        }

        @Override
        public void close() {}
    }

    /** Returns what tells a file from another one: its number where there is one, else its time of creation. */
    static Object keyOf(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key == null ? attributes.creationTime() : key;
    }
}
