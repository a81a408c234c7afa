package dev.modelsecrets.vault;

import io.github.jopenlibs.vault.api.Logical;
import java.util.concurrent.TimeUnit;

/** A token in use: what reads with it, and when it is to be renewed. Thread-safe; prints no token. */
final class Session {

    final Logical logical;
    final Login.Token token;

    private final long expires;
    private volatile long due;

    /**
     * Begins a session.
     *
     * @param logical reads with the token
     * @param token the token
     * @param start when it was asked for, in nanoseconds
     */
    Session(Logical logical, Login.Token token, long start) {
        this.logical = logical;
        this.token = token;
        long lease = TimeUnit.SECONDS.toNanos(token.leaseSeconds);
        this.expires = start + lease;
        this.due = start + lease / 3 * 2;
    }

    /** Tells whether two thirds of the lease are over. */
    boolean isDue(long now) {
        return token.leaseSeconds > 0 && now - due >= 0;
    }

    boolean isExpired(long now) {
        return token.leaseSeconds > 0 && now - expires >= 0;
    }

    /** Leaves the token alone for half of the time that it has left, as it cannot be renewed now. */
    void postpone(long now) {
        due = now + Math.max(0, expires - now) / 2;
    }
}
