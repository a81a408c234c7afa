package dev.modelsecrets.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of a secret reach a deployment: as environment variables, or as files under a directory.
 *
 * <p>The convention is that of BentoCloud: a file is {@code <directory>/<sub path of the key>/<key>}. A directory is
 * relative to the base directory of the store or an absolute path beneath it, which {@link SecretStore#attach} checks.
 * Immutable and thread-safe; holds no values.
 */
public final class SecretMount {

    private static final SecretMount ENVIRONMENT = new SecretMount(null, Map.of());

    private final @Nullable String directory;
    private final Map<String, String> subPaths;

    private SecretMount(@Nullable String directory, Map<String, String> subPaths) {
        this.directory = directory;
        this.subPaths = Collections.unmodifiableMap(new LinkedHashMap<>(subPaths));
    }

    /**
     * Mounts each key as the environment variable of that name.
     *
     * @return the mount that a secret has unless it says otherwise
     */
    public static SecretMount environment() {
        return ENVIRONMENT;
    }

    /**
     * Mounts each key as a file in one directory.
     *
     * @param directory a path with {@code /} between its parts
     * @return the mount
     */
    public static SecretMount files(String directory) {
        return files(directory, Map.of());
    }

    /**
     * Mounts each key as a file under a directory, some of them in directories further down.
     *
     * @param directory a path with {@code /} between its parts
     * @param subPaths key names and the directory, relative to the first, that the key's file is in
     * @return the mount
     */
    public static SecretMount files(String directory, Map<String, String> subPaths) {
        return new SecretMount(Objects.requireNonNull(directory, "directory"), subPaths);
    }

    /**
     * Returns the directory as it was given.
     *
     * @return the directory, or empty if the keys are environment variables
     */
    public Optional<String> directory() {
        return Optional.ofNullable(directory);
    }

    /**
     * Returns the sub paths as they were given.
     *
     * @return key names and sub paths; immutable
     */
    public Map<String, String> subPaths() {
        return subPaths;
    }

    /** Returns the path of a key's file before it is placed under the base directory. */
    String path(String key) {
        String subPath = subPaths.get(key);
        return directory + "/" + (subPath == null ? "" : subPath + "/") + key;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof SecretMount other
                && Objects.equals(directory, other.directory)
                && subPaths.equals(other.subPaths);
    }

    @Override
    public int hashCode() {
        return Objects.hash(directory, subPaths);
    }

    /** Returns where the keys go. */
    @Override
    public String toString() {
        return directory == null ? "environment" : "files in " + directory + (subPaths.isEmpty() ? "" : " " + subPaths);
    }
}
