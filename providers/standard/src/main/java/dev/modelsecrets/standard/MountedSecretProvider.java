package dev.modelsecrets.standard;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.standard.internal.Mount;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads secrets from files of a mounted directory: {@code /secrets/<name>} holds the value of the secret.
 *
 * <p>The convention is that of Baseten and Truss ({@code /secrets}), of Kubernetes secret volumes and of Docker ({@code
 * /run/secrets}). Files are strict UTF-8 of at most 1 MiB. A file of one line loses one final line break; anything else
 * is handed over byte for byte. Links are followed, as Kubernetes mounts through {@code ..data}, but must stay inside
 * the directory; all names of one {@code find} come from one generation of {@code ..data}. Immutable and thread-safe;
 * files are read anew by each {@code find}.
 */
public final class MountedSecretProvider implements SecretProvider {

    private static final String NAME = "mounted";

    private final Path directory;

    private MountedSecretProvider(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    /**
     * Creates a provider for {@code /secrets}, where Truss and Baseten mount them.
     *
     * @return a provider that need not find the directory
     */
    public static MountedSecretProvider create() {
        return new MountedSecretProvider(Path.of("/secrets"));
    }

    /**
     * Creates a provider for another directory.
     *
     * @param directory the directory that the files are in; it need not exist
     * @return a provider
     */
    public static MountedSecretProvider at(Path directory) {
        return new MountedSecretProvider(Objects.requireNonNull(directory, "directory"));
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Reads the named files.
     *
     * @throws SecretProviderException if a file is there but cannot be handed over: no permission, a directory, a FIFO,
     *     too large, not UTF-8, a link that leads out of the directory
     */
    @Override
    public Map<String, Lookup> find(Set<String> names) {
        for (String name : names) {
            SecretDeclarations.checkName(name);
        }
        return Mount.read(NAME, directory, names);
    }

    /**
     * Returns what {@code ..data} leads to, if it is a link as in a Kubernetes volume: the kubelet changes nothing there
     * without putting a new link in place.
     */
    @Override
    public Optional<Object> version() {
        return Mount.version(directory);
    }

    @Override
    public Optional<String> remedy(String name) {
        return Optional.of("write it to the file " + directory.resolve(name));
    }

    @Override
    public String toString() {
        return "MountedSecretProvider[" + directory + "]";
    }
}
