package dev.modelsecrets;

import dev.modelsecrets.internal.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What every provider says about every declared secret: who wins, where, and why a secret is missing.
 *
 * <p>It never holds a value, nor anything derived from one beyond "a different value". {@code toString} is a table for
 * people. Immutable and thread-safe.
 *
 * @see SecretsResolver#explain(SecretDeclarations)
 */
public final class ResolutionReport {

    private final List<Entry> entries;
    private final boolean conflictsRefused;

    ResolutionReport(List<Entry> entries, boolean conflictsRefused) {
        this.entries = List.copyOf(entries);
        this.conflictsRefused = conflictsRefused;
    }

    /**
     * Returns one entry for each declared secret.
     *
     * @return an immutable list in declared order
     */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * Tells whether {@code resolve} would hand the secrets over.
     *
     * @return true if no secret is missing, failed or denied, nor in a conflict that the resolver refuses
     */
    public boolean isComplete() {
        for (Entry entry : entries) {
            if (entry.status() != Status.FOUND && entry.status() != Status.DEFAULT) {
                return false;
            }
            for (Verdict verdict : entry.verdicts()) {
                if (conflictsRefused && (verdict.differs() || verdict.isUnknown())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns a table: a row for each secret, and for a missing one a line for each provider. */
    @Override
    public String toString() {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"SECRET", "FROM", "WHERE", "ALSO IN"});
        for (Entry entry : entries) {
            rows.add(new String[] {entry.name(), from(entry), where(entry), alsoIn(entry)});
        }
        int[] widths = new int[3];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                // The reasons of a missing secret stand in the last column and may be as long as they like.
                boolean reasons = i == 2 && row[i].contains("\n");
                widths[i] = Math.max(widths[i], reasons ? 0 : row[i].length());
            }
        }
        String margin = " ".repeat(widths[0] + widths[1] + 4);
        StringBuilder table = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            Text.pad(line, row[0], widths[0] + 2);
            Text.pad(line, row[1], widths[1] + 2);
            Text.pad(line, row[2].stripTrailing().replace("\n", "\n" + margin), widths[2] + 2);
            table.append(line.append(row[3]).toString().stripTrailing()).append('\n');
        }
        for (Entry entry : entries) {
            for (String remark : entry.remarks()) {
                table.append(entry.name()).append(": ").append(remark).append('\n');
            }
        }
        return table.toString();
    }

    private static String from(Entry entry) {
        Optional<Verdict> winner = entry.winner();
        if (winner.isPresent()) {
            return winner.get().provider();
        }
        return entry.status() == Status.DEFAULT ? "default" : entry.status().name();
    }

    private static String where(Entry entry) {
        Optional<Verdict> winner = entry.winner();
        if (winner.isPresent()) {
            return winner.get().text();
        }
        if (entry.status() == Status.DEFAULT) {
            return "its declaration";
        }
        StringBuilder reasons = new StringBuilder();
        for (Verdict verdict : entry.verdicts()) {
            reasons.append(verdict.provider())
                    .append(": ")
                    .append(verdict.answer().prefix)
                    .append(verdict.text())
                    .append('\n');
        }
        return reasons.length() == 0 ? "there is no provider to ask" : reasons.toString();
    }

    private static String alsoIn(Entry entry) {
        StringBuilder others = new StringBuilder();
        for (Verdict verdict : entry.shadowed()) {
            others.append(others.length() == 0 ? "" : ", ")
                    .append(verdict.provider())
                    .append(verdict.differs() ? " (a different value)" : " (the same value)");
        }
        return others.toString();
    }

    /** What becomes of a declared secret. */
    public enum Status {
        /** A provider has it. */
        FOUND,
        /** No provider has it; the default from its declaration is used. */
        DEFAULT,
        /** No provider has it, and there is no default that may be used. */
        MISSING,
        /** A provider that comes before any that has it failed, which ends the search. */
        FAILED,
        /** A provider that comes before any that has it denies it, or the access policy does before any is asked. */
        DENIED
    }

    /** What one provider says about one secret. */
    public enum Answer {
        /** It has the secret. */
        FOUND(""),
        /** It does not have the secret. */
        ABSENT(""),
        /** It cannot tell. */
        FAILED("failed: "),
        /** It refuses the secret to this caller. */
        DENIED("denied: ");

        private final String prefix;

        Answer(String prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * One provider's verdict on one secret.
     *
     * @param provider the provider's name
     * @param answer found, absent, failed or denied
     * @param text the location, the reason or the problem
     * @param differs true if this provider holds another value than the one that wins
     */
    public record Verdict(String provider, Answer answer, String text, boolean differs) {

        private boolean isUnknown() {
            return answer == Answer.FAILED || answer == Answer.DENIED;
        }
    }

    /**
     * All that is known about one declared secret, without its value.
     *
     * @param name the secret's name
     * @param status what becomes of it
     * @param verdicts every provider's verdict, in the order of the chain; that of the access policy alone if it denies
     * @param remarks what is odd about a value in one of the places, such as a line break at its end; never the value
     */
    public record Entry(String name, Status status, List<Verdict> verdicts, List<String> remarks) {

        /** Copies the lists. */
        public Entry {
            verdicts = List.copyOf(verdicts);
            remarks = List.copyOf(remarks);
        }

        /**
         * Returns the verdict that decides: the first found one.
         *
         * @return the winner, or empty unless the status is {@link Status#FOUND}
         */
        public Optional<Verdict> winner() {
            if (status == Status.FOUND) {
                for (Verdict verdict : verdicts) {
                    if (verdict.answer() == Answer.FOUND) {
                        return Optional.of(verdict);
                    }
                }
            }
            return Optional.empty();
        }

        /**
         * Returns the providers that hold the secret too but come after the winner.
         *
         * @return their verdicts; empty if nothing is shadowed
         */
        public List<Verdict> shadowed() {
            List<Verdict> holders = new ArrayList<>();
            for (Verdict verdict : verdicts) {
                if (verdict.answer() == Answer.FOUND) {
                    holders.add(verdict);
                }
            }
            return status == Status.FOUND ? List.copyOf(holders.subList(1, holders.size())) : List.of();
        }
    }
}
