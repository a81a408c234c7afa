package dev.modelsecrets.internal;

import org.jspecify.annotations.Nullable;

/**
 * Redacts a stream of characters piece by piece: it keeps back only an end that may turn into a secret.
 *
 * <p>Not thread-safe.
 */
final class RedactingBuffer {

    private char[] pending = new char[256];
    private int length;

    /** A pattern that all of the pending text is the beginning of, and where it comes from; null if not known. */
    private @Nullable String expected;

    private @Nullable MultiPattern expectedOf;

    /** Makes room for more characters and returns the array to put them into, from {@link #length()} on. */
    char[] reserve(int more) {
        if (pending.length - length < more) {
            char[] larger = new char[Math.max(2 * pending.length, length + more)];
            System.arraycopy(pending, 0, larger, 0, length);
            pending = larger;
        }
        return pending;
    }

    int length() {
        return length;
    }

    /** Takes the characters that were put in, and appends to the target all that is certain by now. */
    void take(int more, MultiPattern patterns, StringBuilder target) {
        String pattern = expectedOf == patterns ? expected : null;
        int before = length;
        length += more;
        if (pattern != null
                && pattern.length() > length
                && MultiPattern.matches(pattern, before, pending, before, length)) {
            // Still the beginning of the same secret: nothing is certain, and what was seen is not looked at again.
            return;
        }
        int done = 0;
        if (patterns.isEmpty()) {
            done = finish(patterns, target);
        } else {
            int hold = patterns.holdFrom(pending, 0, length);
            while (done < hold) {
                done = patterns.replace(pending, done, hold, length, target);
                if (done > hold) {
                    // A secret ended in the part that was to be kept back.
                    hold = patterns.holdFrom(pending, done, length);
                }
            }
        }
        length -= done;
        System.arraycopy(pending, done, pending, 0, length);
        expected = length == 0 ? null : patterns.continuationOf(pending, 0, length);
        expectedOf = patterns;
    }

    /** Appends what was kept back: there is no more to come. */
    void end(MultiPattern patterns, StringBuilder target) {
        finish(patterns, target);
        length = 0;
    }

    private int finish(MultiPattern patterns, StringBuilder target) {
        if (patterns.isEmpty()) {
            target.append(pending, 0, length);
        } else {
            patterns.replace(pending, 0, length, length, target);
        }
        return length;
    }
}
