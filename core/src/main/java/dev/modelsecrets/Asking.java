package dev.modelsecrets;

import java.util.Optional;

/** What a provider is asked beside its secrets, and what its failures tell; nothing here fails. */
final class Asking {

    private Asking() {}

    /** Returns the token of a provider's state; a provider that fails cannot tell. */
    static Optional<Object> version(SecretProvider provider) {
        try {
            return provider.version();
        } catch (Exception failure) {
            return Optional.empty();
        }
    }

    /** Makes the caches in a provider ask anew, wherever they are among its wrappers. */
    static void expire(SecretProvider provider) {
        if (provider instanceof CachedSecretProvider cached) {
            cached.expire();
        } else if (provider instanceof OptionalSecretProvider optional) {
            optional.expire();
        }
    }

    /** Returns the one secret that a failure is about, if it is not about the provider as a whole. */
    static Optional<String> culprit(RuntimeException failure) {
        if (failure instanceof SecretProviderException broken) {
            return broken.secretName();
        }
        return failure instanceof SecretAccessDeniedException denied
                ? Optional.of(denied.secretName())
                : Optional.empty();
    }

    /** Returns how to set a secret; a provider that fails has no advice, and must not hide what is missing. */
    static Optional<String> remedy(SecretProvider provider, String name) {
        try {
            return provider.remedy(name);
        } catch (RuntimeException failure) {
            return Optional.empty();
        }
    }

    /** Returns what went wrong without the provider's name, for a place that names the provider already. */
    static String problem(SecretsException failure) {
        return failure instanceof SecretProviderException broken
                ? broken.problem()
                : String.valueOf(failure.getMessage());
    }
}
