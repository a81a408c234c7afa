package dev.modelsecrets.vault;

import dev.modelsecrets.remote.internal.Deadline;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.response.AuthResponse;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The token that all threads share: got by one of them, renewed after two thirds of its lease, replaced when refused.
 *
 * <p>A failed login is not tried again for the other secrets of the same find, since Vault locks out those who fail too
 * often. Thread-safe.
 */
final class Sessions {

    private final Drivers drivers;
    private final Login login;
    private final Problems problems;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable Session current;

    /** Counts the attempts, so that those who wait for one take what comes of it. */
    private final AtomicLong attempts = new AtomicLong();

    // Guarded by the lock.
    private @Nullable Refused failure;
    private @Nullable Deadline failedFor;

    Sessions(Drivers drivers, Login login, Problems problems, LongSupplier nanoTime) {
        this.drivers = drivers;
        this.login = login;
        this.problems = problems;
        this.nanoTime = nanoTime;
    }

    /** Returns a session whose token should do. */
    Session current(Deadline deadline) throws Refused, InterruptedException {
        Session session = current;
        if (session == null) {
            return alone(null, deadline, this::begin);
        }
        if (login.isOutdated(session.token.value)) {
            return alone(session, deadline, this::begin);
        }
        return session.isDue(nanoTime.getAsLong()) ? alone(session, deadline, () -> prolong(session)) : session;
    }

    /**
     * Tells whether Vault knows the token of a session, for it says "permission denied" to bad tokens and good ones.
     *
     * @throws Refused if Vault does not answer that
     */
    boolean isGood(Session session) throws Refused, InterruptedException {
        try {
            drivers.auth(session.token.value).lookupSelf();
            return true;
        } catch (VaultException e) {
            if (e.getHttpStatusCode() == 403) {
                return false;
            }
            throw problems.call(e);
        }
    }

    /** Returns a session in place of one whose token was refused. */
    Session replace(Session refused, Deadline deadline) throws Refused, InterruptedException {
        return alone(refused, deadline, () -> {
            Session session = begin();
            if (session.token.value.equals(refused.token.value)) {
                throw problems.token(login);
            }
            return session;
        });
    }

    void close() {
        drivers.close();
    }

    private interface Attempt {
        Session run() throws Refused, InterruptedException;
    }

    /** Makes an attempt, unless another thread came first and has another session by now, or a failure. */
    private Session alone(@Nullable Session seen, Deadline deadline, Attempt attempt)
            throws Refused, InterruptedException {
        long before = attempts.get();
        lock.lockInterruptibly();
        try {
            Session present = current;
            if (present != null && present != seen) {
                return present;
            }
            if (failure != null && (attempts.get() != before || (failedFor == deadline && !failure.isPassing()))) {
                throw failure;
            }
            return attempt(deadline, attempt);
        } finally {
            lock.unlock();
        }
    }

    private Session attempt(Deadline deadline, Attempt attempt) throws Refused, InterruptedException {
        failure = null;
        failedFor = deadline;
        try {
            Session session = attempt.run();
            current = session;
            return session;
        } catch (Refused e) {
            failure = e;
            throw e;
        } finally {
            attempts.incrementAndGet();
        }
    }

    private Session begin() throws Refused, InterruptedException {
        long start = nanoTime.getAsLong();
        Login.Token token;
        try {
            token = login.token(drivers);
        } catch (VaultException e) {
            throw problems.login(e, login);
        }
        if (token.value.isEmpty()) {
            throw problems.token(login);
        }
        return new Session(drivers.logical(token.value), token, start);
    }

    private Session prolong(Session session) throws Refused, InterruptedException {
        boolean renewable = session.token.renewable && !session.isExpired(nanoTime.getAsLong());
        Session renewed = renewable ? renewed(session) : null;
        if (renewed != null) {
            return renewed;
        }
        try {
            return begin();
        } catch (Refused e) {
            long now = nanoTime.getAsLong();
            if (session.isExpired(now)) {
                throw e;
            }
            session.postpone(now);
            return session;
        }
    }

    /** Renews a token; null if Vault does not, or not for as long as before, since the token nears its end. */
    private @Nullable Session renewed(Session session) throws Refused, InterruptedException {
        long start = nanoTime.getAsLong();
        try {
            AuthResponse answer = drivers.auth(session.token.value).renewSelf();
            long lease = answer.getAuthLeaseDuration();
            Login.Token token = new Login.Token(session.token.value, lease, answer.isAuthRenewable());
            return lease * 2 < session.token.leaseSeconds ? null : new Session(session.logical, token, start);
        } catch (VaultException e) {
            problems.of(e); // throws if the thread was interrupted
            return null;
        }
    }
}
