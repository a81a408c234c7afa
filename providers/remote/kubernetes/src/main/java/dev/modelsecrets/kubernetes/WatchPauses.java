package dev.modelsecrets.kubernetes;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a watch waits before it asks again: longer each time, but for a good while no longer than a few seconds.
 *
 * <p>A server that restarts cannot be reached at first, and then answers 403 until it has read its roles; a change is
 * to be seen soon after. Only what lasts becomes rare: a server that is gone, and an account without the right. Each
 * pause is somewhere in the upper half of its length, so that the replicas of a model do not come together. Not
 * thread-safe.
 */
final class WatchPauses {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration SOON = Duration.ofSeconds(4);

    /** About ten minutes of failures, and a minute of refusals. */
    private static final int PATIENT_FAILURES = 200;

    private static final int PATIENT_REFUSALS = 20;

    private static final Duration LONGEST_AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration LONGEST_AFTER_REFUSAL = Duration.ofMinutes(5);

    private int failures;
    private int refusals;

    /** Begins anew, as the watch works. */
    void reset() {
        failures = 0;
        refusals = 0;
    }

    /** Returns the pause after an attempt that did not come to an answer, or not to a final one. */
    Duration afterFailure() {
        refusals = 0;
        return jittered(pause(failures++, PATIENT_FAILURES, LONGEST_AFTER_FAILURE));
    }

    /** Returns the pause after an attempt that the server refused this account. */
    Duration afterRefusal() {
        failures = 0;
        return jittered(pause(refusals++, PATIENT_REFUSALS, LONGEST_AFTER_REFUSAL));
    }

    /** Returns a pause that doubles up to {@link #SOON}, stays there, and doubles on when patience is at an end. */
    private static Duration pause(int before, int patience, Duration longest) {
        return before < patience ? doubled(FIRST, before, SOON) : doubled(SOON, before - patience + 1, longest);
    }

    private static Duration doubled(Duration first, int times, Duration longest) {
        return Duration.ofMillis(Math.min(longest.toMillis(), first.toMillis() << Math.min(times, 16)));
    }

    private static Duration jittered(Duration longest) {
        long millis = longest.toMillis();
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    }
}
