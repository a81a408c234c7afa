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
     * Makes what a provider threw one of our exceptions, under a general type: then a start that goes well loads none.
     * Any other exception is replaced by one that says where it came from: its message or causes could quote a value.
     */
    static RuntimeException of(SecretProvider provider, Exception failure) {
        if (failure instanceof SecretsException ours) {
            return ours;
        }
        SecretProviderException safe = new SecretProviderException(
                provider.name(),
                "failed with " + failure.getClass().getName()
                        + " (its message is withheld, because it may quote a secret; the stack trace is its own)");
        safe.setStackTrace(failure.getStackTrace());
        return safe;
    }

    /** Makes the exception about a provider that breaks the contract of {@code find}. */
    static RuntimeException ofNull(SecretProvider provider) {
        return new SecretProviderException(provider.name(), "find returned null instead of a map of answers");
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
