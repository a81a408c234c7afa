package dev.modelsecrets;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * When to look again: at the interval with a jitter, before a value expires, and with growing pauses after failures and
 * announcements that changed nothing. Times are those of the monotonic clock, in nanoseconds. Not thread-safe.
 */
final class Pacing {

    static final long NEVER = Long.MAX_VALUE;

    private static final long LONGEST_RETRY = Duration.ofMinutes(5).toNanos();
    private static final long FIRST_RETRY = Duration.ofMillis(100).toNanos();
    private static final long SHORTEST_EXPIRY_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long FIRST_ANNOUNCEMENT_PAUSE = Duration.ofMillis(20).toNanos();
    private static final long LONGEST_ANNOUNCEMENT_PAUSE = Duration.ofSeconds(5).toNanos();

    /** After this many failures in a row the pause at an interval grows no further. */
    private static final int MOST_DOUBLINGS = 3;

    private final long interval;
    private int failures;
    private int idleAnnouncements;
    private boolean announcementOpen;
    private long lastLook;
    private long intervalPause;
    private long expiryPause = NEVER;
    private boolean expiryForces;

    /** @param interval the pause between looks; zero if there is none */
    Pacing(long interval) {
        this.interval = interval;
    }

    /** Notes that a look succeeded. */
    void succeeded(long now, boolean announced, boolean changed, @Nullable Instant firstExpiry, Instant wallClock) {
        failures = 0;
        announcementOpen = false;
        idleAnnouncements = announced && !changed ? idleAnnouncements + 1 : 0;
        lastLook = now;
        intervalPause = interval == 0 ? NEVER : jitter(interval);
        planExpiry(firstExpiry, wallClock);
    }

    /** Notes that a look failed. */
    void failed(long now, boolean announced, @Nullable Instant firstExpiry, Instant wallClock) {
        failures++;
        announcementOpen |= announced;
        idleAnnouncements += announced ? 1 : 0;
        lastLook = now;
        long doubled = doubled(interval, Math.min(failures - 1, MOST_DOUBLINGS), Math.max(interval, LONGEST_RETRY));
        intervalPause = interval == 0 ? NEVER : jitter(doubled);
        if (announcementOpen) {
            long most = interval == 0 ? LONGEST_RETRY : interval;
            intervalPause = Math.min(intervalPause, jitter(doubled(FIRST_RETRY, failures - 1, most)));
        }
        planExpiry(firstExpiry, wallClock);
    }

    private void planExpiry(@Nullable Instant firstExpiry, Instant wallClock) {
        expiryPause = NEVER;
        if (firstExpiry != null) {
            Duration left = Duration.between(wallClock, firstExpiry);
            long twoThirds = left.isNegative() ? 0 : Durations.toNanos(left, "life") / 3 * 2;
            long floor = doubled(SHORTEST_EXPIRY_PAUSE, left.isNegative() ? failures : 0, LONGEST_RETRY);
            expiryPause = Math.max(twoThirds, floor);
        }
    }

    /**
     * Returns how long to wait until the next look if nothing is announced, from now on; {@link #NEVER} if for ever.
     */
    long untilNextLook(long now) {
        long pause = Math.min(intervalPause, expiryPause);
        expiryForces = expiryPause <= intervalPause && expiryPause != NEVER;
        return pause == NEVER ? NEVER : pause - (now - lastLook);
    }

    /** Returns how long an announced change has to wait, from now on. */
    long untilAnnouncedLook(long now) {
        long pause = doubled(FIRST_ANNOUNCEMENT_PAUSE, idleAnnouncements, LONGEST_ANNOUNCEMENT_PAUSE);
        return pause - (now - lastLook);
    }

    /** Tells whether the next look must read the values whatever the providers' versions say. */
    boolean mustRead() {
        return expiryForces || failures > 0;
    }

    private static long doubled(long pause, int times, long most) {
        long doubled = pause;
        for (int i = 0; i < times && doubled < most; i++) {
            doubled *= 2;
        }
        return Math.min(doubled, most);
    }

    /** Returns a pause that is longer or shorter by up to a tenth. */
    private static long jitter(long pause) {
        long tenth = pause / 10;
        return tenth == 0 ? pause : pause - tenth + ThreadLocalRandom.current().nextLong(2 * tenth + 1);
    }
}
