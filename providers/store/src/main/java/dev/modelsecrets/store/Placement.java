package dev.modelsecrets.store;

import java.util.List;

/**
 * Where something that is attached to a deployment goes: a variable, a file, or Docker's {@code config.json}.
 *
 * <p>{@link SecretStore#placements} tells them, without values. {@link StoreSecretProvider#ofPlacements} finds the
 * value of each under its {@link #name}. Immutable.
 */
public sealed interface Placement {

    /**
     * Returns the name under which {@link StoreSecretProvider#ofPlacements} finds the value.
     *
     * @return a secret name, unique among the placements of a deployment
     */
    String name();

    /**
     * An environment variable.
     *
     * @param name the name of the variable, and that of the value
     * @param secret the secret
     * @param key the secret's key
     */
    record Variable(String name, String secret, String key) implements Placement {}

    /**
     * A file.
     *
     * @param name the name of the value
     * @param path where the file goes: an absolute path in the container, without {@code ..} and below the base
     *     directory
     * @param secret the secret
     * @param key the secret's key
     */
    record File(String name, String path, String secret, String key) implements Placement {}

    /**
     * The {@code config.json} with the credentials of all container registries of the deployment, to pull its image
     * with.
     *
     * @param name the name of the value
     * @param secrets the secrets, each of type {@code container_registry} and for a registry of its own
     */
    record DockerConfig(String name, List<String> secrets) implements Placement {

        /** Copies the list. */
        public DockerConfig {
            secrets = List.copyOf(secrets);
        }
    }
}
