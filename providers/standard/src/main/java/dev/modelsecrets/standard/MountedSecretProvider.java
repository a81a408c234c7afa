package dev.modelsecrets.standard;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.standard.internal.Mount;
import dev.modelsecrets.standard.internal.Printable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets from files of a mounted directory: {@code /secrets/<name>} holds the value of the secret.
 *
 * <p>The convention is that of Baseten and Truss ({@code /secrets}), of Kubernetes secret volumes and of Docker ({@code
 * /run/secrets}). Files are strict UTF-8 of at most 1 MiB, without a byte order mark. A file of one line loses one
 * final line break; anything else is handed over byte for byte. Links are followed, as Kubernetes mounts through {@code
 * ..data}, but must stay inside the directory, also while somebody swaps them; the one exception is the store beside it
 * that Docker on Windows links to. All names of one {@code find} come from one generation, wherever on the way {@code
 * ..data} stands. Thread-safe; files are read anew by each {@code find}, on a daemon thread of its own.
 *
 * <pre>{@code
 * SecretsResolver resolver = SecretsResolver.of(MountedSecretProvider.at(Path.of("/run/secrets")));
 * Secrets secrets = resolver.resolve("hf_access_token");
 * }</pre>
 */
public final class MountedSecretProvider implements SecretProvider {

    private static final String NAME = "mounted";

    /** The directory; null if there is none to look at. */
    private final @Nullable Mount mount;

    private MountedSecretProvider(@Nullable Mount mount) {
        this.mount = mount;
    }

    /**
     * Creates a provider for {@code /secrets}, where Truss and Baseten mount them.
     *
     * @return a provider that need not find the directory
     */
    public static MountedSecretProvider create() {
        return at(Path.of("/secrets"));
    }

    /**
     * Creates a provider for another directory.
     *
     * @param directory the directory that the files are in; it need not exist
     * @return a provider
     */
    public static MountedSecretProvider at(Path directory) {
        return new MountedSecretProvider(new Mount(NAME, directory.toAbsolutePath()));
    }

    /** Creates a provider that looks at no directory. */
    static MountedSecretProvider nowhere() {
        return new MountedSecretProvider(null);
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Reads the named files, all of one generation.
     *
     * <p>A file that is there but cannot be handed over is a failed answer: a directory, a FIFO, one that is too large,
     * not UTF-8, begins with a byte order mark or cannot be read, a link that leads out of the directory.
     *
     * @throws SecretProviderException if the directory is there but is no directory or cannot be read, or this thread
     *     was interrupted
     */
    @Override
    public Map<String, Lookup> find(Set<String> names) {
        for (String name : names) {
            SecretDeclarations.checkName(name);
        }
        if (mount == null) {
            return Mount.allAbsent(names, "no directory is given");
        }
        return mount.read(names);
    }

    /**
     * Returns a token if the directory has the link {@code ..data}, as in a Kubernetes volume: the kubelet changes
     * nothing there without putting a new link in place.
     *
     * <p>Plain files and other links that were read beside it are looked at one by one, up to 256 of them; so are the
     * published files themselves, which somebody may edit in place, if no more than 16 were read at once.
     */
    @Override
    public Optional<Object> version() {
        return mount == null ? Optional.of(NAME) : mount.version();
    }

    @Override
    public Optional<String> remedy(String name) {
        return Optional.ofNullable(mount)
                .map(place -> "write it to the file "
                        + Printable.shellWord(place.directory().resolve(name)));
    }

    @Override
    public String toString() {
        return "MountedSecretProvider[" + (mount == null ? "no directory" : mount) + "]";
    }
}
