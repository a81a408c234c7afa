package dev.modelsecrets.vault;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A token in use: for how many requests it does, and when it is to be renewed. Thread-safe; prints no token. */
final class Session {

    final Login.Token token;

    private final long expires;
    private final AtomicLong uses;
    private volatile long due;

    /**
     * Begins a session.
     *
     * @param token the token
     * @param start when it was asked for, in nanoseconds
     */
    Session(Login.Token token, long start) {
        this.token = token;
        this.uses = new AtomicLong(token.uses);
        long lease = TimeUnit.SECONDS.toNanos(token.leaseSeconds);
        this.expires = start + lease;
        this.due = start + lease / 3 * 2;
    }

    /** Takes one request; false if the token has none left. */
    boolean use() {
        return token.uses == 0 || uses.getAndDecrement() > 0;
    }

    /** Tells whether two thirds of the lease are over. */
    boolean isDue(long now) {
        return token.leaseSeconds > 0 && now - due >= 0;
    }

    boolean isExpired(long now) {
        return token.leaseSeconds > 0 && now - expires >= 0;
    }

    /** Returns how long the token lives, in nanoseconds; very long if it has no end. */
    long left(long now) {
        return token.leaseSeconds > 0 ? expires - now : Long.MAX_VALUE;
    }

    /** Leaves the token alone for half of the time that it has left, as it cannot be renewed now. */
    void postpone(long now) {
        due = now + Math.max(0, expires - now) / 2;
    }
}
