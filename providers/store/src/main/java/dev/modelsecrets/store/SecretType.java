package dev.modelsecrets.store;

import java.util.List;
import java.util.Optional;

/** The two kinds of secrets that OCI AI Blueprints knows. */
public enum SecretType {

    /** Any keys with any values: tokens, passwords, certificates. */
    OPAQUE("opaque"),

    /**
     * The credentials of a container registry: {@code registry_server}, {@code username}, {@code password} and {@code
     * email}, all four and nothing else.
     */
    CONTAINER_REGISTRY("container_registry");

    /** The keys of a container registry secret, in the order of the OCI documents. */
    static final List<String> REGISTRY_KEYS = List.of("registry_server", "username", "password", "email");

    private final String id;

    SecretType(String id) {
        this.id = id;
    }

    /**
     * Returns the name of the type in documents.
     *
     * @return {@code opaque} or {@code container_registry}
     */
    public String id() {
        return id;
    }

    /**
     * Finds a type by its name in documents.
     *
     * @param id the name, in lower case
     * @return the type, or empty if there is none of that name
     */
    public static Optional<SecretType> of(String id) {
        for (SecretType type : values()) {
            if (type.id.equals(id)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Returns the name of the type in documents. */
    @Override
    public String toString() {
        return id;
    }
}
