package dev.modelsecrets;

import java.util.Objects;

/**
 * A secret may exist, but this caller is not allowed to see it: denied is neither absent nor broken.
 *
 * <p>Thrown by providers whose backend refuses a read, and by resolvers that have an access policy.
 */
public final class SecretAccessDeniedException extends SecretsException {

    private static final long serialVersionUID = 1L;

    private final String secretName;

    /**
     * Creates an exception about one refused secret.
     *
     * @param secretName the secret that was asked for
     * @param problem who refused it to whom, and which right is needed; never a value
     */
    public SecretAccessDeniedException(String secretName, String problem) {
        super(problem);
        this.secretName = Objects.requireNonNull(secretName, "secretName");
    }

    /**
     * Returns the secret that was refused.
     *
     * @return the secret's name
     */
    public String secretName() {
        return secretName;
    }
}
