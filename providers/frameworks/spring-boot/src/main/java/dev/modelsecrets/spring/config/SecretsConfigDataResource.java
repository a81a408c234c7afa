package dev.modelsecrets.spring.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataResource;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * One location that starts with {@code secrets:}; equal to another one of the same place in the same file.
 *
 * <p>Spring Boot loads equal ones once. What a profile's file imports is another one than what it has in common with
 * that of the application: it may declare more, and need not be optional.
 */
final class SecretsConfigDataResource extends ConfigDataResource {

    private final String place;
    private final boolean optional;
    private final @Nullable ConfigDataResource file;
    private final Binder binder;

    SecretsConfigDataResource(String place, boolean optional, @Nullable ConfigDataResource file, Binder binder) {
        this.place = place;
        this.optional = optional;
        this.file = file;
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
        return other instanceof SecretsConfigDataResource that
                && place.equals(that.place)
                && optional == that.optional
                && Objects.equals(file, that.file);
    }

    @Override
    public int hashCode() {
        return Objects.hash(place, optional, file);
    }

    @Override
    public String toString() {
        return "secrets:" + place;
    }
}
