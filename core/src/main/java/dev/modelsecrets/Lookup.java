package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A provider's answer for one name: found, with the place it was found in, or absent, with the reason.
 *
 * <p>A blank value (empty, or white space only) is an absent secret, so {@code found("", ..)} is an absent answer. A
 * provider that cannot tell throws a {@link SecretProviderException} instead. Immutable and thread-safe; {@code
 * toString} never shows the value.
 */
public final class Lookup {

    private final @Nullable String value;

    /** The location of a value, or the reason why there is none: a string, or a supplier of one. */
    private final Object text;

    private Lookup(@Nullable String value, Object text) {
        this.value = value;
        this.text = text;
    }

    /**
     * Says that the secret is there; a blank value counts as absent.
     *
     * @param value the secret, exactly as it was stored
     * @param location where it was found: a variable, a file, a path in a store; it is shown to people
     * @return a found answer, or an absent one with the reason "(location) is blank"
     */
    public static Lookup found(String value, String location) {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(location, "location");
        return value.isBlank() ? absent(location + " is blank") : new Lookup(value, location);
    }

    /**
     * Says that the secret is not there.
     *
     * @param reason what was looked at and what was found there; it is shown to people
     * @return an absent answer
     */
    public static Lookup absent(String reason) {
        return new Lookup(null, Objects.requireNonNull(reason, "reason"));
    }

    /**
     * Says that the secret is not there, with a reason that is worked out only when a person is going to read it.
     *
     * @param reason gives what was looked at, what was found there, and near misses; must not throw, nor hold a value
     * @return an absent answer
     */
    public static Lookup absent(Supplier<String> reason) {
        return new Lookup(null, Objects.requireNonNull(reason, "reason"));
    }

    /**
     * Tells whether there is a value.
     *
     * @return true if found, false if absent
     */
    public boolean isFound() {
        return value != null;
    }

    /**
     * Returns the secret itself.
     *
     * @return the value, never blank
     * @throws IllegalStateException if absent
     */
    public String value() {
        if (value == null) {
            throw new IllegalStateException("absent: " + reason());
        }
        return value;
    }

    /**
     * Returns the place the secret was found in.
     *
     * @return the location
     * @throws IllegalStateException if absent
     */
    public String location() {
        if (value == null) {
            throw new IllegalStateException("absent: " + reason());
        }
        return text();
    }

    /**
     * Returns why there is no secret.
     *
     * @return the reason
     * @throws IllegalStateException if found
     */
    public String reason() {
        if (value != null) {
            throw new IllegalStateException("found: " + text());
        }
        return text();
    }

    /** Returns the location or the reason, never the value. */
    @Override
    @JsonValue
    public String toString() {
        return (value != null ? "found: " : "absent: ") + text();
    }

    private String text() {
        if (!(text instanceof Supplier<?> supplier)) {
            return (String) text;
        }
        try {
            return String.valueOf(supplier.get());
        } catch (RuntimeException e) {
            return "has no such secret (why could not be worked out: "
                    + e.getClass().getName() + ")";
        }
    }
}
