package dev.modelsecrets.microprofile;

import dev.modelsecrets.Secrets;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** A source over secrets that somebody else resolves and refreshes. */
final class SuppliedConfigSource implements ConfigSource {

    private final transient Supplier<Secrets> secrets;

    SuppliedConfigSource(Supplier<Secrets> secrets) {
        this.secrets = secrets;
    }

    @Override
    public @Nullable String getValue(String propertyName) {
        String value = secrets.get().get(propertyName);
        // An optional secret without a value is empty, and must not hide what a lower source has.
        return value == null || value.isEmpty() ? null : value;
    }

    @Override
    public Set<String> getPropertyNames() {
        return Set.of();
    }

    @Override
    public int getOrdinal() {
        return SecretsConfigSource.DEFAULT_ORDINAL;
    }

    @Override
    public String getName() {
        return "model-secrets";
    }

    @Override
    public String toString() {
        return "SecretsConfigSource";
    }
}
