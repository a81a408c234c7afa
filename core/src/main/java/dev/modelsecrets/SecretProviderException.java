package dev.modelsecrets;

import java.util.List;
import java.util.Objects;

/**
 * A provider failed: nobody can tell whether it has a secret.
 *
 * <p>A resolver throws it if a declared secret could not be read; going on to the next provider could hand out a stale
 * secret. The message lists every name without a value, missing ones included. A provider throws it if it fails as a
 * whole.
 */
public final class SecretProviderException extends SecretsException {

    private static final long serialVersionUID = 1L;

    private final String provider;

    /** The names, in declared order; an array, because a {@code List} need not be serializable. */
    private final String[] names;

    private final int prefix;

    /**
     * Creates an exception about a provider as a whole: a malformed document, a time-out.
     *
     * @param provider the provider's name
     * @param problem what is wrong and where; never a value, nor a piece of a document that may hold one
     */
    public SecretProviderException(String provider, String problem) {
        super(Objects.requireNonNull(provider, "provider") + ": " + problem);
        this.provider = provider;
        names = new String[0];
        prefix = provider.length() + 2;
    }

    SecretProviderException(String provider, List<String> names, String message) {
        super(message);
        this.provider = provider;
        this.names = names.toArray(new String[0]);
        prefix = 0;
    }

    /**
     * Returns the name of the provider that failed, the first one if there are several.
     *
     * @return the provider's name
     */
    public String provider() {
        return provider;
    }

    /**
     * Returns the secrets that could not be read, in declared order.
     *
     * @return an immutable list; empty if a provider threw this for everything
     */
    public List<String> names() {
        return List.of(names);
    }

    @Override
    String problem() {
        return super.problem().substring(prefix);
    }
}
