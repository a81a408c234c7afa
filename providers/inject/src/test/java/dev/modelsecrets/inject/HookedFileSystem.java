package dev.modelsecrets.inject;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The default file system with a hook in front of everything that changes it: for what cannot be staged with real
 * files, as permissions do not bind root.
 */
final class HookedFileSystem extends FileSystem {

    /** Which access the hook stands in front of. */
    enum Access {
        CREATE_DIRECTORY,
        CREATE_FILE,
        CREATE_LINK,
        MOVE,
        DELETE,
        LIST
    }

    /** Runs in front of an access; what it throws is what the access throws. */
    @FunctionalInterface
    interface Hook {
        void before(Access access, Path file) throws IOException;
    }

    private final FileSystem real;
    private final Set<String> attributeViews;
    private final Hook hook;

    /** One and the same for all paths: only then can they be moved. */
    private final FileSystemProvider provider = new HookedProvider();

    private HookedFileSystem(FileSystem real, Set<String> attributeViews, Hook hook) {
        this.real = real;
        this.attributeViews = attributeViews;
        this.hook = hook;
    }

    /** Returns the same path, on a file system with a hook. */
    static Path hook(Path path, Hook hook) {
        FileSystem real = path.getFileSystem();
        return new HookedFileSystem(real, real.supportedFileAttributeViews(), hook).wrap(path);
    }

    /** Returns the same path, on a file system that takes no POSIX permissions. */
    static Path withoutPermissions(Path path) {
        return new HookedFileSystem(path.getFileSystem(), Set.of("basic"), (access, file) -> {}).wrap(path);
    }

    private Path wrap(Path path) {
        return (Path) Proxy.newProxyInstance(
                HookedFileSystem.class.getClassLoader(), new Class<?>[] {Path.class}, new HookedPath(this, path));
    }

    private static Object unwrap(Object object) {
        return object instanceof Proxy && Proxy.getInvocationHandler(object) instanceof HookedPath hooked
                ? hooked.path
                : object;
    }

    /** Hands every method of {@link Path} to the real path. */
    private record HookedPath(HookedFileSystem system, Path path) implements InvocationHandler {

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("getFileSystem")) {
                return system;
            }
            Object[] real = arguments == null ? new Object[0] : arguments.clone();
            for (int i = 0; i < real.length; i++) {
                real[i] = unwrap(real[i]);
            }
            try {
                Object result = method.invoke(path, real);
                return result instanceof Path other ? system.wrap(other) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return attributeViews;
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrap(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }

    /** Works through the real provider. */
    private final class HookedProvider extends FileSystemProvider {

        private Path pass(Access access, Path path) throws IOException {
            Path file = real(path);
            hook.before(access, file);
            return file;
        }

        private Path real(Path path) {
            return (Path) unwrap(path);
        }

        @Override
        public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
            refuseUnknown(attributes);
            real.provider().createDirectory(pass(Access.CREATE_DIRECTORY, path), attributes);
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            refuseUnknown(attributes);
            return real.provider().newByteChannel(pass(Access.CREATE_FILE, path), options, attributes);
        }

        private void refuseUnknown(FileAttribute<?>... attributes) {
            if (attributes.length > 0 && !attributeViews.contains("posix")) {
                throw new UnsupportedOperationException(attributes[0].name());
            }
        }

        @Override
        public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
            real.provider().createSymbolicLink(pass(Access.CREATE_LINK, link), real(target), attributes);
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) throws IOException {
            real.provider().move(real(source), pass(Access.MOVE, target), options);
        }

        @Override
        public void delete(Path path) throws IOException {
            real.provider().delete(pass(Access.DELETE, path));
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            List<Path> entries = new ArrayList<>();
            try (DirectoryStream<Path> stream =
                    real.provider().newDirectoryStream(pass(Access.LIST, path), entry -> filter.accept(wrap(entry)))) {
                stream.forEach(entry -> entries.add(wrap(entry)));
            }
            return new DirectoryStream<>() {
                @Override
                public Iterator<Path> iterator() {
                    return entries.iterator();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public Path readSymbolicLink(Path link) throws IOException {
            return wrap(real.provider().readSymbolicLink(real(link)));
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            return real.provider().readAttributes(real(path), type, options);
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            real.provider().checkAccess(real(path), modes);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getScheme() {
            return "hooked";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path getPath(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isSameFile(Path path, Path other) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isHidden(Path path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileStore getFileStore(Path path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
            throw new UnsupportedOperationException();
        }
    }
}
