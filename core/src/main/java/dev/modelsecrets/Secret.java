package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One secret value that cannot be printed by accident: a component type for records.
 *
 * <p>A record's own {@code toString} prints its components, so a {@code String} component shows the value; a {@code
 * Secret} component does not. It is not {@link java.io.Serializable}, and Jackson writes it redacted. Immutable and
 * thread-safe.
 */
public final class Secret {

    /** Transient, so that serialisers and printers that go by fields find nothing. */
    private final transient String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a value.
     *
     * @param value the secret itself
     * @return the wrapped value
     */
    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value, "value"));
    }

    /**
     * Returns the secret itself.
     *
     * @return the value, as it was resolved
     */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Returns the same text for every secret. */
    @Override
    @JsonValue
    public String toString() {
        return "[secret]";
    }
}
