package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.modelsecrets.internal.Text;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A provider's answer for one name: found, absent, failed or denied.
 *
 * <p>The four are never mixed up. An absent secret is looked for in the next provider; a failed or denied one is not,
 * because a stale value further down the chain could be handed out in its place. A blank value (empty, white space or
 * invisible characters only) is an absent secret.
 *
 * <p>Locations, reasons and problems are shown to people, so they never hold a value or a piece of a document. Line
 * breaks and other control characters in them are escaped. Immutable and thread-safe; {@code toString} never shows the
 * value.
 *
 * <pre>{@code
 * String token = client.read(name);
 * return token == null ? Lookup.absent("has no item " + name) : Lookup.found(token, "item " + name);
 * }</pre>
 */
public final class Lookup {

    /** The reason where a provider gives none. */
    static final String NO_SUCH_SECRET = "has no such secret";

    private enum Kind {
        FOUND,
        ABSENT,
        FAILED,
        DENIED
    }

    private final Kind kind;
    private final transient @Nullable String value;
    private final String words;

    /** Works out the words when a person is going to read them; null where they are known. */
    private final transient @Nullable Supplier<String> lazyWords;

    private final @Nullable Instant expiresAt;

    /** Whether it stands in for a failure, which may be over at any time whatever the provider's version says. */
    private final boolean standIn;

    private Lookup(
            Kind kind,
            @Nullable String value,
            String words,
            @Nullable Supplier<String> lazyWords,
            @Nullable Instant expiresAt,
            boolean standIn) {
        this.kind = kind;
        this.value = value;
        this.words = words;
        this.lazyWords = lazyWords;
        this.expiresAt = expiresAt;
        this.standIn = standIn;
    }

    private static Lookup without(Kind kind, String words) {
        return new Lookup(kind, null, Text.line(words), null, null, false);
    }

    /**
     * Says that the secret is there; a blank value counts as absent.
     *
     * @param value the secret, exactly as it was stored
     * @param location where it was found: a variable, a file, a path in a store
     * @return a found answer, or an absent one with the reason "(location) is blank"
     */
    public static Lookup found(String value, String location) {
        Objects.requireNonNull(value, "value");
        String place = Text.line(Objects.requireNonNull(location, "location"));
        return Text.isBlank(value)
                ? absent(place + " is blank")
                : new Lookup(Kind.FOUND, value, place, null, null, false);
    }

    /**
     * Says that the secret is there and until when it is valid, as for a lease or a token.
     *
     * @param value the secret, exactly as it was stored
     * @param location where it was found: a variable, a file, a path in a store
     * @param expiresAt when the value stops being valid; {@link RefreshingSecrets} looks again at two thirds of its
     *     life
     * @return a found answer, or an absent one with the reason "(location) is blank"
     */
    public static Lookup found(String value, String location, Instant expiresAt) {
        Lookup found = found(value, location);
        Objects.requireNonNull(expiresAt, "expiresAt");
        return found.value == null ? found : new Lookup(Kind.FOUND, found.value, found.words, null, expiresAt, false);
    }

    /**
     * Says that the secret is not there.
     *
     * @param reason what was looked at and what was found there
     * @return an absent answer
     */
    public static Lookup absent(String reason) {
        return without(Kind.ABSENT, Objects.requireNonNull(reason, "reason"));
    }

    /**
     * Says that the secret is not there, with a reason that is worked out only when a person is going to read it.
     *
     * @param reason gives what was looked at, what was found there, and near misses
     * @return an absent answer
     */
    public static Lookup absent(Supplier<String> reason) {
        return new Lookup(Kind.ABSENT, null, "", Objects.requireNonNull(reason, "reason"), null, false);
    }

    /**
     * Says that nobody can tell whether the secret is there: a malformed file, a time-out, a name the backend cannot
     * have.
     *
     * @param problem what is wrong, where, and what to do about it
     * @return a failed answer
     */
    public static Lookup failed(String problem) {
        return without(Kind.FAILED, Objects.requireNonNull(problem, "problem"));
    }

    /**
     * Says that the backend refuses the secret to this caller, whether it exists or not.
     *
     * @param problem who refused it to whom, and which right is needed
     * @return a denied answer
     */
    public static Lookup denied(String problem) {
        return without(Kind.DENIED, Objects.requireNonNull(problem, "problem"));
    }

    /**
     * Tells whether there is a value.
     *
     * @return true if found
     */
    public boolean isFound() {
        return kind == Kind.FOUND;
    }

    /**
     * Tells whether the secret is not there.
     *
     * @return true if absent
     */
    public boolean isAbsent() {
        return kind == Kind.ABSENT;
    }

    /**
     * Tells whether the provider could not say if it has the secret.
     *
     * @return true if failed
     */
    public boolean isFailed() {
        return kind == Kind.FAILED;
    }

    /**
     * Tells whether the secret is refused to this caller.
     *
     * @return true if denied
     */
    public boolean isDenied() {
        return kind == Kind.DENIED;
    }

    /**
     * Returns the secret itself.
     *
     * @return the value, never blank
     * @throws IllegalStateException unless found
     */
    public String value() {
        if (value == null) {
            throw new IllegalStateException("there is no value: " + this);
        }
        return value;
    }

    /**
     * Returns the place the secret was found in.
     *
     * @return the location
     * @throws IllegalStateException unless found
     */
    public String location() {
        if (kind != Kind.FOUND) {
            throw new IllegalStateException("there is no location: " + this);
        }
        return words;
    }

    /**
     * Returns why the secret is absent.
     *
     * @return the reason
     * @throws IllegalStateException unless absent
     */
    public String reason() {
        if (kind != Kind.ABSENT) {
            throw new IllegalStateException("there is no reason: " + this);
        }
        return words();
    }

    /**
     * Returns what went wrong, or why the secret is refused.
     *
     * @return the problem
     * @throws IllegalStateException unless failed or denied
     */
    public String problem() {
        if (kind != Kind.FAILED && kind != Kind.DENIED) {
            throw new IllegalStateException("there is no problem: " + this);
        }
        return words;
    }

    /**
     * Returns when the value stops being valid.
     *
     * @return the instant; empty if the answer is not found, or its value has no known end
     */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** Returns the same answer as one that stands in for a failure. */
    Lookup asStandIn() {
        return new Lookup(kind, value, words, lazyWords, expiresAt, true);
    }

    /** Tells whether the provider would answer the same while its version stays the same. */
    boolean isLasting() {
        return !standIn && (kind == Kind.FOUND || kind == Kind.ABSENT);
    }

    /** Returns the location, the reason or the problem. */
    String words() {
        return lazyWords == null ? words : Gate.words(lazyWords, NO_SUCH_SECRET);
    }

    /** Tells whether both are found, with values that differ in more than one final line break. */
    boolean conflictsWith(String other) {
        return value != null && !Text.withoutFinalLineBreak(value).equals(Text.withoutFinalLineBreak(other));
    }

    /** Returns the kind of answer and its location, reason or problem, never the value. */
    @Override
    @JsonValue
    public String toString() {
        return switch (kind) {
                    case FOUND -> "found: ";
                    case ABSENT -> "absent: ";
                    case FAILED -> "failed: ";
                    case DENIED -> "denied: ";
                }
                + words();
    }
}
