package dev.modelsecrets.inject;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.modelsecrets.Secrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Secrets written to files below a directory, for a process that reads files; {@link #close} removes them.
 *
 * <p>The layout is that of a Kubernetes secret volume, and {@code MountedSecretProvider} reads it: each top-level name
 * is a link into {@code ..data}, which is a link to a directory that holds one generation of all files. The next
 * generation is published by renaming a link over {@code ..data}, so a reader that resolves {@code ..data} once and
 * reads below that never sees half a set; a file that is gone means that it should start again.
 *
 * <p>Where the file system has POSIX permissions, directories are created with 0700 and files with 0400, never anything
 * wider. A directory that existed before keeps its permissions, and should be writable for its owner only.
 *
 * <p>A file has the value as UTF-8, byte for byte. {@code MountedSecretProvider} reads the same value back, except one
 * of a single line that ends in a line break, which it takes off, and a blank one, which it counts as absent. It
 * refuses one that begins with a byte order mark.
 *
 * <p>Thread-safe. Files outlive a JVM that is killed, also before the first of them was published; the next one then
 * refuses to write to the same directory until they are removed.
 */
public final class SecretFiles implements AutoCloseable {

    private final SecretInjection injection;
    private final Path directory;
    private final Set<String> paths;

    /** Guards the publication. */
    private final Object lock = new Object();

    private final Publication publication;
    private boolean closed;

    private SecretFiles(InjectionPlan plan, Path directory) {
        injection = plan.injection();
        this.directory = directory;
        paths = plan.files().keySet();
        publication = new Publication(directory);
    }

    static SecretFiles write(InjectionPlan plan, Path directory) {
        SecretFiles files = new SecretFiles(plan, directory.toAbsolutePath());
        files.publication.publish(plan.files());
        return files;
    }

    /**
     * Returns the directory that the files are in.
     *
     * @return an absolute path
     */
    public Path directory() {
        return directory;
    }

    /**
     * Publishes the same files with the values of other secrets, all at once, and removes the former ones.
     *
     * @param secrets the resolved secrets, usually the same ones after a rotation
     * @throws SecretInjectionException if the plan of the injection has problems with these secrets, or if they cannot
     *     be written; then the former files stay as they are. Also if the former files cannot be removed, which the
     *     message says
     * @throws IllegalStateException if closed
     */
    public void update(Secrets secrets) {
        InjectionPlan plan = injection.plan(Objects.requireNonNull(secrets, "secrets"));
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the secret files in " + directory + " are closed");
            }
            publication.publish(plan.files());
        }
    }

    /**
     * Removes all that was written, and the directory if it was created for it and has nothing else in it.
     *
     * <p>What somebody else put there stays, except inside {@code ..data}. Closing again does nothing, or tries again
     * what could not be removed.
     *
     * @throws SecretInjectionException if something could not be removed; the message lists it
     */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            List<String> problems = publication.remove();
            if (!problems.isEmpty()) {
                throw new SecretInjectionException(
                        "secret files could not be removed:\n  " + String.join("\n  ", problems));
            }
        }
    }

    /** Returns the directory and the paths of the files below it, never a value. */
    @Override
    @JsonValue
    public String toString() {
        return "SecretFiles[" + directory + ", files=" + paths + "]";
    }
}
