package dev.modelsecrets.remote;

import java.time.Duration;
import java.time.Instant;
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
 *
 * <pre>{@code
 * return switch (reply.status()) {
 *     case 200 -> Answer.text(reply.text());
 *     case 403 -> Answer.denied("the team store refuses to read " + secret + ": ask its owners for the role reader");
 *     case 404 -> Answer.absent(secret + " does not exist in the team store");
 *     case 429 -> Answer.busy("the team store answers 429", reply.retryAfter());
 *     default -> Answer.unavailable("the team store answers " + reply.status());
 * };
 * }</pre>
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
        return new Text(Objects.requireNonNull(value, "value"), null);
    }

    /**
     * A secret that is a map of keys to values; only those that are wanted are read.
     *
     * @param keys the keys it has
     * @param value gives the text of a key it has, or says what is wrong with it: text, absent or failed
     * @return an answer
     */
    public static Answer document(Set<String> keys, Function<String, Answer> value) {
        return new Document(Set.copyOf(keys), Objects.requireNonNull(value, "value"), null);
    }

    /**
     * A secret that is a map of keys to texts.
     *
     * @param values the texts
     * @return an answer
     */
    public static Answer document(Map<String, String> values) {
        Map<String, String> copy = Map.copyOf(values);
        return new Document(copy.keySet(), key -> text(Objects.requireNonNull(copy.get(key))), null);
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
     * The store as a whole cannot be asked: unreachable, sealed, a login that failed. It is not tried again.
     *
     * @param problem which store and what is wrong with it
     * @return an answer
     */
    public static Answer unavailable(String problem) {
        return new Unavailable(problem);
    }

    /**
     * The store is throttling, or has an internal error (429, 5xx): it is tried again until the deadline.
     *
     * @param problem which store and what it said, a whole clause such as {@code Vault at .. answers 503}
     * @param wait how long it asked to be left alone; null if it did not say
     * @return an answer
     */
    public static Answer busy(String problem, @Nullable Duration wait) {
        return new Busy(problem, wait);
    }

    /**
     * No whole answer came: a time-out, or a connection that broke off. The read is tried once more.
     *
     * @param problem which store, a whole clause such as {@code Vault at .. did not answer in time}
     * @return an answer
     * @see ConnectionFailures
     */
    public static Answer silent(String problem) {
        return new Silent(problem);
    }

    /**
     * Says until when a text or a document is valid, as for a lease or a token; every other answer stays as it is.
     *
     * @param expiresAt when the values stop being valid
     * @return an answer
     */
    public Answer expiringAt(Instant expiresAt) {
        return this;
    }

    /**
     * Says that a read that was {@linkplain #silent silent} must not be tried again, as it may have made something.
     *
     * @return the store is unavailable; every other answer stays as it is
     */
    public Answer notAgain() {
        return this;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }

    static final class Text extends Answer {
        final transient String value;
        final @Nullable Instant expiresAt;

        Text(String value, @Nullable Instant expiresAt) {
            this.value = value;
            this.expiresAt = expiresAt;
        }

        @Override
        public Answer expiringAt(Instant instant) {
            return new Text(value, instant);
        }
    }

    static final class Document extends Answer {
        final Set<String> keys;
        final transient Function<String, Answer> value;
        final @Nullable Instant expiresAt;

        Document(Set<String> keys, Function<String, Answer> value, @Nullable Instant expiresAt) {
            this.keys = keys;
            this.value = value;
            this.expiresAt = expiresAt;
        }

        @Override
        public Answer expiringAt(Instant instant) {
            return new Document(keys, value, instant);
        }

        /** Returns the answer for a key that the document has. */
        Answer value(String key) {
            Answer answer = value.apply(key);
            return expiresAt == null ? answer : answer.expiringAt(expiresAt);
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

    static final class Silent extends Answer {
        final String problem;

        Silent(String problem) {
            this.problem = problem;
        }

        @Override
        public Answer notAgain() {
            return unavailable(problem);
        }
    }
}
