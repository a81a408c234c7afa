package dev.modelsecrets;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a provider is asked: whatever it throws becomes one of our exceptions, with nothing of a value in it. */
final class Asking {

    private Asking() {}

    static Map<String, Lookup> ask(SecretProvider provider, Set<String> names) {
        @Nullable Map<String, Lookup> answers;
        try {
            answers = provider.find(names);
        } catch (SecretsException failure) {
            throw failure;
        } catch (Exception failure) {
            // Not only unchecked ones: Kotlin, Scala and Lombok throw the others without declaring them.
            throw withheld(provider, failure);
        }
        if (answers == null) {
            throw new SecretProviderException(provider.name(), "find returned null instead of a map of answers");
        }
        return answers;
    }

    /** Replaces an exception whose message or causes could quote a value by one that says where it came from. */
    private static SecretProviderException withheld(SecretProvider provider, Exception failure) {
        SecretProviderException safe = new SecretProviderException(
                provider.name(),
                "failed with " + failure.getClass().getName()
                        + " (its message is withheld, because it may quote a secret; the stack trace is its own)");
        safe.setStackTrace(failure.getStackTrace());
        return safe;
    }

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
    static Optional<String> culprit(SecretsException failure) {
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
