package dev.modelsecrets.standard;

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
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The default file system, to read, with a hook in front of every access: for what cannot be staged with real files, as
 * permissions do not bind root and a race needs a second process at the right moment.
 */
final class HookedFileSystem extends FileSystem {

    /** Which access the hook stands in front of. */
    enum Access {
        REAL_PATH,
        EXISTENCE,
        ATTRIBUTES,
        LINK,
        OPEN,
        LIST
    }

    /** Runs in front of an access; what it throws is what the access throws. */
    @FunctionalInterface
    interface Hook {
        void before(Access access, Path file) throws IOException;
    }

    private final FileSystem real;
    private final Hook hook;
    private boolean ignoresCase;

    private HookedFileSystem(FileSystem real, Hook hook) {
        this.real = real;
        this.hook = hook;
    }

    /** Returns the same path, on a file system with a hook. */
    static Path hook(Path path, Hook hook) {
        return new HookedFileSystem(path.getFileSystem(), hook).wrap(path);
    }

    /** Returns the same path, on a file system that takes a lower-case file for one in any case. */
    static Path ignoringCase(Path path) {
        HookedFileSystem system = new HookedFileSystem(path.getFileSystem(), (access, file) -> {});
        system.ignoresCase = true;
        return system.wrap(path);
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
            if (method.getName().equals("toRealPath")) {
                system.hook.before(Access.REAL_PATH, path);
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
        return new HookedProvider();
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
        return true;
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
        return real.supportedFileAttributeViews();
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

    /** Reads through the real provider; writes nothing. */
    private final class HookedProvider extends FileSystemProvider {

        private Path pass(Access access, Path path) throws IOException {
            Path file = (Path) unwrap(path);
            hook.before(access, file);
            return ignoresCase && access != Access.LIST
                    ? file.resolveSibling(file.getFileName().toString().toLowerCase(Locale.ROOT))
                    : file;
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            return real.provider().newByteChannel(pass(Access.OPEN, path), options, attributes);
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            return real.provider().readAttributes(pass(Access.ATTRIBUTES, path), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
                throws IOException {
            return real.provider().readAttributes(pass(Access.ATTRIBUTES, path), attributes, options);
        }

        @Override
        public Path readSymbolicLink(Path link) throws IOException {
            return wrap(real.provider().readSymbolicLink(pass(Access.LINK, link)));
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            return real.provider().newDirectoryStream(pass(Access.LIST, path), filter);
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
        public void createDirectory(Path path, FileAttribute<?>... attributes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(Path path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) {
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
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            real.provider().checkAccess(pass(Access.EXISTENCE, path), modes);
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
