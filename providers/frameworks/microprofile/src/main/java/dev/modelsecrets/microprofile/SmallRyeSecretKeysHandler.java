package dev.modelsecrets.microprofile;

import dev.modelsecrets.SecretsResolver;
import io.smallrye.config.SecretKeysHandler;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts a secret into a property of another name: {@code openai.api-key=${model-secrets::openai_api_key}}.
 *
 * <p>Found by SmallRye Config, and so by Quarkus, through {@code META-INF/services}. The chain is that of {@link
 * SecretsConfigSource}; the secret need not be in {@code model-secrets.names}. It is resolved each time the property is
 * read. Thread-safe.
 */
public final class SmallRyeSecretKeysHandler implements SecretKeysHandler {

    private final Supplier<Settings> settings;
    private volatile @Nullable SecretsResolver resolver;

    /** Creates the handler that {@code META-INF/services} names; it reads nothing yet. */
    public SmallRyeSecretKeysHandler() {
        this(Settings::ofThisProcess);
    }

    SmallRyeSecretKeysHandler(Supplier<Settings> settings) {
        this.settings = settings;
    }

    /**
     * Returns the value of a secret.
     *
     * @param secret the secret's name
     * @return the value
     * @throws dev.modelsecrets.SecretsException if it has no value; the message says where each place looked
     */
    @Override
    public String decode(String secret) {
        SecretsResolver chain = resolver;
        if (chain == null) {
            chain = settings.get().resolver();
            resolver = chain;
        }
        return chain.resolve(secret).require(secret);
    }

    @Override
    public String getName() {
        return "model-secrets";
    }

    /** Returns the handler's name, nothing of what it knows. */
    @Override
    public String toString() {
        return "SmallRyeSecretKeysHandler";
    }
}
