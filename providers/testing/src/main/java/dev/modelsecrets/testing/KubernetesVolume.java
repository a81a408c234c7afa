package dev.modelsecrets.testing;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.testing.internal.LeakWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A directory that changes as a secret volume of Kubernetes does, for tests of rotation on a real file system.
 *
 * <p>As with the kubelet's {@code AtomicWriter}, values are in a directory named by the time ({@code
 * ..2026_01_31_23_59_59.123456789}), the link {@code ..data} leads to it, and each key is a link {@code key ->
 * ..data/key}. To publish, a new directory is written, {@code ..data} is replaced in one step, links of new keys are
 * made, those of keys that are gone are removed, and last the old directory; where nothing changed, nothing is touched.
 * So a reader may meet, as in a real pod, a new key without its link, or a link to a key that is gone. Needs a file
 * system with symbolic links. Thread-safe.
 */
public final class KubernetesVolume implements AutoCloseable {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("'..'uuuu_MM_dd_HH_mm_ss.");

    private final Path directory;
    private final boolean temporary;

    // Guarded by this.
    private transient Map<String, String> published = new HashMap<>();
    private boolean closed;

    private KubernetesVolume(Path directory, boolean temporary) {
        this.directory = directory;
        this.temporary = temporary;
    }

    /**
     * Creates an empty volume in a temporary directory, which {@link #close()} deletes.
     *
     * @return a volume without keys
     * @throws UncheckedIOException if the directory cannot be made
     */
    public static KubernetesVolume create() {
        try {
            return new KubernetesVolume(Files.createTempDirectory("kubernetes-volume"), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Creates an empty volume in a given directory, such as one of JUnit's {@code @TempDir}.
     *
     * @param directory an empty directory, or a path for a new one
     * @return a volume without keys
     * @throws IllegalArgumentException if there is something in the directory
     * @throws UncheckedIOException if the directory cannot be made
     */
    public static KubernetesVolume at(Path directory) {
        try {
            Files.createDirectories(directory);
            try (DirectoryStream<Path> content = Files.newDirectoryStream(directory)) {
                if (content.iterator().hasNext()) {
                    throw new IllegalArgumentException(
                            directory + " is not empty: give the volume a directory of its own");
                }
            }
            return new KubernetesVolume(directory, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the directory to hand to the code under test, as its mount.
     *
     * @return the path, which stays the same
     */
    public Path directory() {
        return directory;
    }

    /**
     * Makes the volume hold these secrets and no others, in one step for whoever reads through {@code ..data}.
     *
     * @param values keys and their values, all that the secret has from now on
     * @throws dev.modelsecrets.InvalidSecretNameException if a key is not a secret name
     * @throws IllegalArgumentException if a key begins with two dots, which the kubelet keeps for itself
     * @throws IllegalStateException if this is closed
     * @throws UncheckedIOException if the file system refuses
     */
    public synchronized void publish(Map<String, String> values) {
        Map<String, String> next = new TreeMap<>(values);
        for (String key : next.keySet()) {
            if (SecretDeclarations.checkName(key).startsWith("..")) {
                throw new IllegalArgumentException(
                        "the key " + key + " begins with two dots, which Kubernetes refuses");
            }
        }
        if (closed) {
            throw new IllegalStateException("this volume is closed");
        }
        LeakWatch.remember(next);
        try {
            Path data = directory.resolve("..data");
            boolean first = !Files.exists(data, LinkOption.NOFOLLOW_LINKS);
            if (!first && next.equals(published)) {
                return;
            }
            Path old = first ? null : directory.resolve(Files.readSymbolicLink(data));
            replace(data, write(next));
            for (String key : next.keySet()) {
                Path link = directory.resolve(key);
                if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(link, Path.of("..data", key));
                }
            }
            for (String key : published.keySet()) {
                if (!next.containsKey(key)) {
                    Files.deleteIfExists(directory.resolve(key));
                }
            }
            published = next;
            if (old != null) {
                delete(old);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a new directory and returns its name. */
    private Path write(Map<String, String> values) throws IOException {
        Path generation = Files.createTempDirectory(
                directory, LocalDateTime.now(ZoneOffset.UTC).format(TIMESTAMP));
        for (Map.Entry<String, String> value : values.entrySet()) {
            Files.write(generation.resolve(value.getKey()), value.getValue().getBytes(StandardCharsets.UTF_8));
        }
        return generation.getFileName();
    }

    private void replace(Path data, Path generation) throws IOException {
        Path link = directory.resolve("..data_tmp");
        Files.createSymbolicLink(link, generation);
        try {
            Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.delete(link);
            throw e;
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> content = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(content::add);
        }
        for (Path file : content) {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                delete(file);
            } else {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Deletes what is in the volume, and the directory too if {@link #create()} made it. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            delete(directory);
            if (!temporary) {
                Files.createDirectory(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the directory and the keys, never a value. */
    @Override
    public synchronized String toString() {
        return "KubernetesVolume[" + directory + ", keys " + new TreeMap<>(published).keySet() + "]";
    }
}
