package dev.modelsecrets.spring.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataResource;
import org.springframework.boot.context.properties.bind.Binder;

/** One location that starts with {@code secrets:}; equal to another one of the same place. */
final class SecretsConfigDataResource extends ConfigDataResource {

    private final String place;
    private final boolean optional;
    private final Binder binder;

    SecretsConfigDataResource(String place, boolean optional, Binder binder) {
        this.place = place;
        this.optional = optional;
        this.binder = binder;
    }

    /** Returns the config.yaml of a model; empty for what the properties declare. */
    String place() {
        return place;
    }

    boolean optional() {
        return optional;
    }

    /** Returns what binds the properties, which is for the load: Spring Boot resolves a location more than once. */
    Binder binder() {
        return binder;
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
