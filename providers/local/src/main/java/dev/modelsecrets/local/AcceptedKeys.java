package dev.modelsecrets.local;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Subscription;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The values that callers of this service may present: the present one, and for a grace period those that it replaced.
 *
 * <p>For an inbound key, such as the API key that clients send, a rotation cannot reach all clients at one moment; two
 * keys at a time are how Azure, Stripe and others bridge it.
 *
 * <pre>{@code
 * AcceptedKeys keys = AcceptedKeys.of(refreshing, "inbound_api_key", Duration.ofMinutes(10));
 * if (!keys.accepts(request.header("X-Api-Key"))) {
 *     respond(401);
 * }
 * }</pre>
 *
 * <p>A comparison takes as long for a wrong value as for a right one of the same length. Thread-safe; shows no value.
 */
public final class AcceptedKeys implements AutoCloseable {

    /** What a clock of nanoseconds can count to, some 292 years. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final RefreshingSecrets secrets;
    private final String name;
    private final long grace;
    private final LongSupplier nanoTime;
    private final Subscription subscription;

    /** Guarded by this. The values that were replaced and are still accepted, the oldest first. */
    private final transient Deque<Replaced> replaced = new ArrayDeque<>();

    /** Guarded by this. */
    private transient String present;

    /** A value and when it was replaced. A class, so that no generated method shows it. */
    private static final class Replaced {

        private final transient String value;
        private final long since;

        Replaced(String value, long since) {
            this.value = value;
            this.since = since;
        }
    }

    private AcceptedKeys(RefreshingSecrets secrets, String name, Duration grace, LongSupplier nanoTime) {
        this.secrets = secrets;
        this.name = name;
        this.grace = grace.compareTo(LONGEST) < 0 ? grace.toNanos() : Long.MAX_VALUE;
        this.nanoTime = nanoTime;
        this.present = secrets.get().require(name);
        this.subscription = secrets.onChange(change -> look());
    }

    /**
     * Accepts a secret and, for some time after each change, the value before.
     *
     * @param secrets follows the changes; it stays the caller's to close
     * @param name a secret that is declared there
     * @param grace how long a replaced value is accepted
     * @return the accepted values; close them to stop listening
     * @throws dev.modelsecrets.MissingSecretsException if the secret is not declared there
     * @throws IllegalArgumentException if the time is negative
     */
    public static AcceptedKeys of(RefreshingSecrets secrets, String name, Duration grace) {
        return of(secrets, name, grace, System::nanoTime);
    }

    /**
     * Does so by a clock of the caller's, for tests.
     *
     * @param secrets follows the changes; it stays the caller's to close
     * @param name a secret that is declared there
     * @param grace how long a replaced value is accepted
     * @param nanoTime a clock as {@link System#nanoTime()}
     * @return the accepted values; close them to stop listening
     * @throws dev.modelsecrets.MissingSecretsException if the secret is not declared there
     * @throws IllegalArgumentException if the time is negative
     */
    public static AcceptedKeys of(RefreshingSecrets secrets, String name, Duration grace, LongSupplier nanoTime) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("the grace period cannot be negative");
        }
        return new AcceptedKeys(secrets, Objects.requireNonNull(name, "name"), grace, nanoTime);
    }

    /**
     * Tells whether a value is the present one, or one that was replaced less than the grace period ago.
     *
     * @param presented what a caller presents
     * @return true if it is accepted; never for a blank one, which only an empty default could equal
     */
    public synchronized boolean accepts(String presented) {
        look();
        if (presented.isBlank()) {
            return false;
        }
        byte[] bytes = presented.getBytes(StandardCharsets.UTF_8);
        boolean accepted = isEqual(bytes, present);
        for (Replaced old : replaced) {
            accepted |= isEqual(bytes, old.value);
        }
        return accepted;
    }

    private static boolean isEqual(byte[] presented, String value) {
        return MessageDigest.isEqual(presented, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes over the newest value, and drops those whose time is over. */
    private synchronized void look() {
        long now = nanoTime.getAsLong();
        String newest = secrets.get().require(name);
        if (!newest.equals(present)) {
            replaced.addLast(new Replaced(present, now));
            present = newest;
        }
        while (!replaced.isEmpty() && now - replaced.getFirst().since >= grace) {
            replaced.removeFirst();
        }
    }

    /** Stops listening to changes, and forgets the values that were replaced. */
    @Override
    public void close() {
        subscription.close();
        synchronized (this) {
            replaced.clear();
        }
    }

    /** Returns the secret's name. */
    @Override
    public String toString() {
        return "AcceptedKeys[" + name + "]";
    }
}
