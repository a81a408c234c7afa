package dev.modelsecrets.remote.internal;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one read of one remote secret came to.
 *
 * <p>Every text but a value is shown to people: it says what was asked and what to do, and holds nothing of a payload.
 * Immutable; {@code toString} shows no value.
 */
public abstract sealed class Answer {

    private Answer() {}

    /**
     * A secret that is one text.
     *
     * @param value the text, as it was stored
     * @return an answer
     */
    public static Answer text(String value) {
        return new Text(value);
    }

    /**
     * A secret that is a map of keys to values; only those that are wanted are read.
     *
     * @param keys the keys it has
     * @param value gives the text of a key it has, or says what is wrong with it: text, absent or failed
     * @return an answer
     */
    public static Answer document(Set<String> keys, Function<String, Answer> value) {
        return new Document(Set.copyOf(keys), value);
    }

    /**
     * A secret that is a map of keys to texts.
     *
     * @param values the texts
     * @return an answer
     */
    public static Answer document(Map<String, String> values) {
        Map<String, String> copy = Map.copyOf(values);
        return new Document(copy.keySet(), key -> text(Objects.requireNonNull(copy.get(key))));
    }

    /**
     * There is no such secret.
     *
     * @param reason what was looked for and where
     * @return an answer
     */
    public static Answer absent(String reason) {
        return new Absent(reason);
    }

    /**
     * This caller may not read the secret.
     *
     * @param problem who refused what, and the right that is needed
     * @return an answer
     */
    public static Answer denied(String problem) {
        return new Denied(problem);
    }

    /**
     * This one secret cannot be used: disabled, deleted, not text. Others may well be fine.
     *
     * @param problem which secret, what is wrong with it, what to do
     * @return an answer
     */
    public static Answer failed(String problem) {
        return new Failed(problem);
    }

    /**
     * The system as a whole does not answer: unreachable, sealed, a login that failed. It is not tried again.
     *
     * @param problem which system and what is wrong with it
     * @return an answer
     */
    public static Answer unavailable(String problem) {
        return new Unavailable(problem);
    }

    /**
     * The system is throttling, or has an internal error (429, 5xx): it is tried again until the deadline.
     *
     * @param problem which system and what it said, a whole clause such as {@code Vault at .. answers 503}
     * @param wait how long it asked to be left alone; null if it did not say
     * @return an answer
     */
    public static Answer busy(String problem, @Nullable Duration wait) {
        return new Busy(problem, wait);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }

    static final class Text extends Answer {
        final String value;

        Text(String value) {
            this.value = Objects.requireNonNull(value, "value");
        }
    }

    static final class Document extends Answer {
        final Set<String> keys;
        final Function<String, Answer> value;

        Document(Set<String> keys, Function<String, Answer> value) {
            this.keys = keys;
            this.value = value;
        }
    }

    static final class Absent extends Answer {
        final String reason;

        Absent(String reason) {
            this.reason = reason;
        }
    }

    static final class Denied extends Answer {
        final String problem;

        Denied(String problem) {
            this.problem = problem;
        }
    }

    static final class Failed extends Answer {
        final String problem;

        Failed(String problem) {
            this.problem = problem;
        }
    }

    static final class Unavailable extends Answer {
        final String problem;

        Unavailable(String problem) {
            this.problem = problem;
        }
    }

    static final class Busy extends Answer {
        final String problem;
        final @Nullable Duration wait;

        Busy(String problem, @Nullable Duration wait) {
            this.problem = problem;
            this.wait = wait;
        }
    }
}
