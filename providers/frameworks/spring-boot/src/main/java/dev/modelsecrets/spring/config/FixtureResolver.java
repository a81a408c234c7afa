package dev.modelsecrets.spring.config;

import dev.modelsecrets.SecretsResolver;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The resolver that a test puts in the place of the configured chain while it starts an application on the same thread.
 *
 * <p>Spring's test framework has no other way from a test class to the code that loads {@code spring.config.import}.
 * Not instantiable; thread-safe.
 */
public final class FixtureResolver {

    private static final ThreadLocal<SecretsResolver> CURRENT = new ThreadLocal<>();

    private FixtureResolver() {}

    /**
     * Starts an application that resolves its secrets with a given resolver and no other.
     *
     * @param resolver the resolver
     * @param start starts the application
     * @param <T> what the start returns
     * @return what {@code start} returned
     * @throws Exception what {@code start} throws
     */
    public static <T> T use(SecretsResolver resolver, Callable<T> start) throws Exception {
        CURRENT.set(resolver);
        try {
            return start.call();
        } finally {
            CURRENT.remove();
        }
    }

    static Optional<SecretsResolver> current() {
        return Optional.ofNullable(CURRENT.get());
    }
}
