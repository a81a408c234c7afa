package dev.modelsecrets.platforms;

import java.util.List;

/**
 * What became of each item of a push; what was not written can be planned and pushed again.
 *
 * <p>It holds the values of the secrets that remain, and shows none of them. Immutable and thread-safe.
 */
public final class PushReport {

    /** What became of one secret. */
    public enum Outcome {

        /** The platform has confirmed it. */
        WRITTEN("written"),

        /** The platform has refused it, or could not be reached; nothing was changed. */
        FAILED("failed"),

        /** It was sent, and the answer is missing or cannot be understood: the platform may have written it. */
        UNKNOWN("unknown"),

        /** It was not sent: it is in conflict, or an earlier failure concerns it too. */
        NOT_SENT("not sent");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }
    }

    /**
     * What became of one secret.
     *
     * @param name the secret's name
     * @param outcome what became of it
     * @param note why, or where it was written; may be empty
     */
    public record Result(String name, Outcome outcome, String note) {}

    /** A result with the secret it is about. */
    record Entry(Result result, WantedSecret wanted) {

        static Entry of(WantedSecret wanted, Outcome outcome, String note) {
            return new Entry(new Result(wanted.name(), outcome, note), wanted);
        }

        static Entry of(WantedSecret wanted, SecretPlatformException failure) {
            boolean unknown = failure.effect() == SecretPlatformException.Effect.UNKNOWN;
            return of(wanted, unknown ? Outcome.UNKNOWN : Outcome.FAILED, failure.problem());
        }
    }

    private final String place;
    private final transient List<Entry> entries;

    PushReport(String place, List<Entry> entries) {
        this.place = place;
        this.entries = List.copyOf(entries);
    }

    /**
     * Returns what became of each item, in the order of the plan.
     *
     * @return an immutable list
     */
    public List<Result> results() {
        return entries.stream().map(Entry::result).toList();
    }

    /**
     * Tells whether the platform has confirmed every item.
     *
     * @return true if all are {@link Outcome#WRITTEN}
     */
    public boolean isComplete() {
        return entries.stream().allMatch(entry -> entry.result().outcome() == Outcome.WRITTEN);
    }

    /**
     * Returns the secrets that the platform has not confirmed, to plan them again.
     *
     * <p>A new plan looks at the platform anew, so that a secret which was written although its answer got lost is not
     * created twice.
     *
     * @return an immutable list, in the order of the plan
     */
    public List<WantedSecret> remaining() {
        return entries.stream()
                .filter(entry -> entry.result().outcome() != Outcome.WRITTEN)
                .map(Entry::wanted)
                .toList();
    }

    /** Returns a table for people: place, names and outcomes, never a value. */
    @Override
    public String toString() {
        return Table.of(
                place,
                results().stream()
                        .map(result -> new Table.Row(result.name(), result.outcome().word, result.note()))
                        .toList());
    }
}
