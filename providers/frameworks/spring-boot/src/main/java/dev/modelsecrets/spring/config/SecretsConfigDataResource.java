package dev.modelsecrets.spring.config;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataResource;

/** One location that starts with {@code secrets:}; equal to another one of the same place. */
final class SecretsConfigDataResource extends ConfigDataResource {

    private final String place;
    private final boolean optional;
    /** Binds them: Spring Boot resolves a location more than once, and loads it once. */
    private final Supplier<SecretsProperties> properties;

    SecretsConfigDataResource(String place, boolean optional, Supplier<SecretsProperties> properties) {
        this.place = place;
        this.optional = optional;
        this.properties = properties;
    }

    /** Returns the config.yaml of a model; empty for what the properties declare. */
    String place() {
        return place;
    }

    boolean optional() {
        return optional;
    }

    SecretsProperties properties() {
        return properties.get();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretsConfigDataResource that && place.equals(that.place);
    }

    @Override
    public int hashCode() {
        return Objects.hash(place);
    }

    @Override
    public String toString() {
        return "secrets:" + place;
    }
}
