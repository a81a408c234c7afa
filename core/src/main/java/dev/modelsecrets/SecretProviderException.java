package dev.modelsecrets;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider is broken: it could not say whether it has a secret or not.
 *
 * <p>Resolution stops here. Going on to the next provider could hand out a stale secret in place of the one that could
 * not be read.
 */
public final class SecretProviderException extends SecretsException {

    private static final long serialVersionUID = 1L;

    private final String provider;
    private final @Nullable String secretName;

    /**
     * Creates an exception about a provider as a whole: a malformed document, a time-out.
     *
     * @param provider the provider's name
     * @param problem what is wrong and where; never a value, nor a piece of a document that may hold one
     */
    public SecretProviderException(String provider, String problem) {
        super(provider + ": " + problem);
        this.provider = provider;
        this.secretName = null;
    }

    /**
     * Creates an exception about one secret of a provider that may well have the others.
     *
     * @param provider the provider's name
     * @param secretName the secret that cannot be read
     * @param problem what is wrong and where; never a value, nor a piece of a document that may hold one
     */
    public SecretProviderException(String provider, String secretName, String problem) {
        super(provider + ": " + problem);
        this.provider = provider;
        this.secretName = Objects.requireNonNull(secretName, "secretName");
    }

    /**
     * Returns the name of the provider that failed.
     *
     * @return the provider's name
     */
    public String provider() {
        return provider;
    }

    /**
     * Returns the one secret this is about, or empty when the provider as a whole failed.
     *
     * @return the secret's name, if the failure is about one secret
     */
    public Optional<String> secretName() {
        return Optional.ofNullable(secretName);
    }

    /** Returns the message without the provider's name in front. */
    String problem() {
        return String.valueOf(getMessage()).substring(provider.length() + 2);
    }
}
