package dev.modelsecrets.vault;

import dev.modelsecrets.remote.Answer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Credentials with an end. Guarded by the lock of its slot; prints no value. */
final class Lease {

    private final String id;
    private final transient String data;
    private final transient String token;
    private long seconds;
    private boolean renewable;
    private long due;
    private long end;

    /**
     * Takes a new lease.
     *
     * @param id what Vault calls it
     * @param data the credentials, a JSON object
     * @param token what it was made with, and ends with
     * @param start when it was asked for, in nanoseconds
     */
    Lease(String id, String data, String token, long start) {
        this.id = id;
        this.data = data;
        this.token = token;
        this.due = start;
        this.end = start;
    }

    String id() {
        return id;
    }

    boolean isRenewable() {
        return renewable;
    }

    /** Tells whether it was made with the token that is in use. */
    boolean isOf(Session session) {
        return session.token.value.equals(token);
    }

    boolean isDue(long now) {
        return now - due >= 0;
    }

    boolean isOver(long now) {
        return now - end >= 0;
    }

    /** Tells whether a renewal gives at least half of what the lease had, so that it is not near its maximum. */
    boolean isWorth(long renewedSeconds) {
        return renewedSeconds * 2 >= seconds;
    }

    /** Begins the lease anew. */
    boolean extend(long leaseSeconds, boolean canRenew, long start) {
        seconds = Math.max(seconds, leaseSeconds);
        renewable = canRenew;
        end = start + TimeUnit.SECONDS.toNanos(leaseSeconds);
        due = start + TimeUnit.SECONDS.toNanos(leaseSeconds) / 3 * 2;
        return true;
    }

    /** Returns the credentials, until the sooner end of lease and token. */
    Answer answer(Session session, long now) {
        long left = Math.max(0, Math.min(end - now, session.left(now)));
        return Answer.text(data).expiringAt(Instant.now().plusNanos(left));
    }
}
