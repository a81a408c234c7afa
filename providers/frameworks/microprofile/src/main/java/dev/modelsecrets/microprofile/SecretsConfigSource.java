package dev.modelsecrets.microprofile;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secrets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Secrets as properties of MicroProfile Config: a property is a secret's name.
 *
 * <p>Found by every implementation through {@code META-INF/services}; {@code model-secrets.names} says which properties
 * it answers. Nothing is read before the first such property is asked for: Quarkus makes its config sources at build
 * time. For the same reason no name is ever listed, because Quarkus records the values of all names that are.
 *
 * <p>An absent secret is left to the sources of a lower ordinal. One that failed or is denied is an exception, because
 * a stale value from a lower source could stand in for it. Thread-safe. Closing it ends the refreshes.
 *
 * <pre>{@code
 * Config config = ConfigProviderResolver.instance()
 *         .getBuilder()
 *         .addDefaultSources()
 *         .withSources(SecretsConfigSource.of(refreshingSecrets))
 *         .build();
 * }</pre>
 */
public final class SecretsConfigSource implements ConfigSource, AutoCloseable {

    /**
     * Where it stands among other sources: above {@code application.properties} of Quarkus (250), below variables (300)
     * and system properties (400). The sources of Quarkus for Vault and Kubernetes have the same.
     */
    public static final int DEFAULT_ORDINAL = 270;

    private final LazySecrets secrets;

    /** Creates the source that {@code META-INF/services} names; it reads nothing yet. */
    public SecretsConfigSource() {
        this(new LazySecrets(Settings::ofThisProcess));
    }

    SecretsConfigSource(LazySecrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Creates a source over secrets that the application resolves itself, with providers and rotation of its choice.
     *
     * @param secrets gives the newest secrets; asked for each property, so it must be quick, as {@link
     *     RefreshingSecrets} is. Closing the source does not close it
     * @return a source with {@link #DEFAULT_ORDINAL}
     */
    public static ConfigSource of(Supplier<Secrets> secrets) {
        return new SuppliedConfigSource(Objects.requireNonNull(secrets, "secrets"));
    }

    /**
     * Returns the value of a property that is a declared secret, as it is now.
     *
     * @param propertyName the property
     * @return the value; null if the property is no declared secret, or the secret is absent
     * @throws dev.modelsecrets.SecretsException if a declared secret failed or is denied
     */
    @Override
    public @Nullable String getValue(String propertyName) {
        return secrets.find(propertyName);
    }

    /** Returns no name: what lists properties may record or print their values, too. */
    @Override
    public Set<String> getPropertyNames() {
        return Set.of();
    }

    /** Returns no property, for the same reason. */
    @Override
    public Map<String, String> getProperties() {
        return Map.of();
    }

    /** Returns {@code model-secrets.ordinal}, or {@link #DEFAULT_ORDINAL}. */
    @Override
    public int getOrdinal() {
        return secrets.settings().ordinal();
    }

    @Override
    public String getName() {
        return "model-secrets";
    }

    /** Ends the refreshes; what was resolved before stays available. */
    @Override
    public void close() {
        secrets.close();
    }

    /** Returns the source's name, nothing of what it knows. */
    @Override
    public String toString() {
        return "SecretsConfigSource";
    }
}
