package dev.modelsecrets.internal;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Text on its way through a redactor: what may be the beginning of a secret waits here for the rest. Not thread-safe.
 *
 * <p>How much waits is bounded by the longest needle and its escapes. Some text that was passed on is kept, too, for as
 * long as what it means may depend on it.
 */
final class RedactingBuffer {

    /** How long the beginning of a possible secret is kept back from {@code flush}, counted from the last write. */
    static final long IDLE_NANOS = 200_000_000;

    /** A large write goes through in pieces of as many characters. */
    static final int PIECE = 1 << 15;

    /** While no more than this waits, each flush is looked at; then only when an eighth has come in addition. */
    private static final int LITTLE = 256;

    /** How much of a line that may be base64 is kept. */
    private static final int LONGEST_CONTEXT = 128;

    /** How a text is searched: characters, or bytes in UTF-8. */
    @FunctionalInterface
    interface Searching {
        Search search(Needles needles, String text, boolean last);
    }

    private final Supplier<Needles> needles;
    private final Searching searching;
    private final LongSupplier clock;

    /** What was passed on and is still of interest, and behind it what was not. */
    private final StringBuilder text = new StringBuilder();

    private int passedOn;

    /** Where the last secret ends that was passed on; one that overlaps it needs no name of its own. */
    private int replaced;

    private int searched;
    private long lastWrite;

    RedactingBuffer(Supplier<Needles> needles, Searching searching, LongSupplier clock) {
        this.needles = needles;
        this.searching = searching;
        this.clock = clock;
        lastWrite = clock.getAsLong();
    }

    /** Takes a piece of text, and appends to the target all that is certain by now. */
    void take(CharSequence piece, StringBuilder target) {
        lastWrite = clock.getAsLong();
        text.append(piece);
        if (isWorthASearch()) {
            pass(target, false, false);
        }
    }

    /** Appends to the target all that is certain, and after an idle time also what may begin a secret. */
    void flush(StringBuilder target) {
        boolean idle = clock.getAsLong() - lastWrite >= IDLE_NANOS;
        if (text.length() > passedOn && (idle || searched <= LITTLE || isWorthASearch())) {
            pass(target, false, idle);
        }
    }

    /** Tells whether so much was added that searching all again costs little for each character. */
    private boolean isWorthASearch() {
        return text.length() - searched >= searched / 8;
    }

    /** Appends to the target all that is left. */
    void end(StringBuilder target) {
        pass(target, true, true);
    }

    private void pass(StringBuilder target, boolean last, boolean all) {
        int length = target.length();
        try {
            tryToPass(target, last, all);
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever went wrong, text that was not searched goes nowhere.
            target.setLength(length);
            target.append(Redaction.withheld(e));
            forget(text.length());
        }
    }

    private void tryToPass(StringBuilder target, boolean last, boolean all) {
        Needles current = needles.get();
        if (current.isEmpty()) {
            target.append(text, passedOn, text.length());
            forget(text.length());
            return;
        }
        String whole = text.toString();
        Search search = searching.search(current, whole, last);
        passUpTo(all ? whole.length() : search.hold(), whole, search.found(), target);
        int context = Math.min(search.hold(), passedOn);
        int earliest = Math.max(0, context - LONGEST_CONTEXT);
        while (context > earliest && mayMatter(whole.charAt(context - 1))) {
            context--;
        }
        forget(search.boundaryBefore(context));
    }

    private void passUpTo(int limit, String whole, List<Search.Found> found, StringBuilder target) {
        for (Search.Found secret : found) {
            if (secret.end() <= passedOn) {
                continue;
            }
            if (secret.start() >= limit) {
                break;
            }
            if (secret.start() >= replaced) {
                target.append(whole, passedOn, Math.max(passedOn, secret.start()));
                target.append(Redaction.placeholder(secret.name()));
            }
            passedOn = secret.end();
            replaced = secret.end();
        }
        if (passedOn < limit) {
            target.append(whole, passedOn, limit);
            passedOn = limit;
        }
    }

    /** Tells whether a character may be part of a line of base64 or of an escape. */
    private static boolean mayMatter(char c) {
        return LineBreakDecoder.isBase64(c) || Character.isWhitespace(c) || "=\\%&#;".indexOf(c) >= 0;
    }

    private void forget(int count) {
        text.delete(0, count);
        passedOn = Math.max(0, passedOn - count);
        replaced = Math.max(0, replaced - count);
        searched = text.length();
    }
}
