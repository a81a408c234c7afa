package dev.modelsecrets.standard.internal;

import dev.modelsecrets.SecretProviderException;

/** The exceptions of a provider, under a general type: then a start that goes well loads none of them. */
public final class Failure {

    private Failure() {}

    /**
     * Makes an exception about a provider as a whole.
     *
     * @param provider the provider's name
     * @param problem what is wrong and where; never a value, nor a piece of a document that may hold one
     * @return the exception
     */
    public static RuntimeException of(String provider, String problem) {
        return new SecretProviderException(provider, problem);
    }

    /**
     * Makes an exception about one secret of a provider that may well have the others.
     *
     * @param provider the provider's name
     * @param secretName the secret that cannot be read
     * @param problem what is wrong and where; never a value, nor a piece of a document that may hold one
     * @return the exception
     */
    public static RuntimeException of(String provider, String secretName, String problem) {
        return new SecretProviderException(provider, problem);
    }
}
