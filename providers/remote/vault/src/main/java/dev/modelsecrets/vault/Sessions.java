package dev.modelsecrets.vault;

import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.vault.Login.RefusedException;
import dev.modelsecrets.vault.VaultError.Kind;
import java.io.IOException;
import java.util.Map;
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

    private final VaultConnection vault;
    private final Login login;
    private final VaultFailures failures;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable Session current;

    /** Counts the attempts, so that those who wait for one take what comes of it. */
    private final AtomicLong attempts = new AtomicLong();

    // Guarded by the lock.
    private @Nullable NoTokenException failure;
    private @Nullable Deadline failedFor;

    Sessions(VaultConnection vault, Login login, VaultFailures failures, LongSupplier nanoTime) {
        this.vault = vault;
        this.login = login;
        this.failures = failures;
        this.nanoTime = nanoTime;
    }

    /** A request that is sent with a token. */
    interface Request {
        VaultReply send(String token) throws IOException, InterruptedException;
    }

    /**
     * Sends a request, and once more with a new token if Vault refused the token and not the request.
     *
     * @throws NoTokenException if the login gives no token
     */
    VaultReply send(Request request, Deadline attempt) throws NoTokenException, IOException, InterruptedException {
        Session session = current(attempt);
        VaultReply reply = request.send(session.token.value);
        if (reply.status() == 403 && reply.isJson() && !isGood(session, reply.error(), attempt)) {
            return request.send(replace(session, attempt).token.value);
        }
        return reply;
    }

    /** Returns a session whose token should do for one more request. */
    Session current(Deadline attempt) throws NoTokenException, InterruptedException {
        Session session = current;
        if (session == null) {
            return alone(null, attempt, () -> begin(attempt));
        }
        if (!session.use() || login.isOutdated(session.token.value)) {
            return alone(session, attempt, () -> begin(attempt));
        }
        return session.isDue(nanoTime.getAsLong()) ? alone(session, attempt, () -> prolong(session, attempt)) : session;
    }

    /**
     * Tells whether Vault knows the token of a session, for it says "permission denied" to bad tokens and good ones.
     */
    private boolean isGood(Session session, VaultError error, Deadline attempt)
            throws NoTokenException, InterruptedException {
        if (error.is(Kind.INVALID_TOKEN) || !session.use()) {
            return false;
        }
        VaultReply reply;
        try {
            reply = vault.get("auth/token/lookup-self", session.token.value, attempt);
        } catch (IOException e) {
            throw unanswered(e);
        }
        if (reply.status() == 200 || reply.status() == 403) {
            return reply.status() == 200;
        }
        throw failures.call(reply.error());
    }

    /** Returns a session in place of one whose token was refused. */
    private Session replace(Session refused, Deadline attempt) throws NoTokenException, InterruptedException {
        return alone(refused, attempt, () -> {
            Session session = begin(attempt);
            if (session.token.value.equals(refused.token.value)) {
                throw failures.token(login);
            }
            return session;
        });
    }

    private interface Attempt {
        Session run() throws NoTokenException, InterruptedException;
    }

    /** Makes an attempt, unless another thread came first and has another session by now, or a failure. */
    private Session alone(@Nullable Session seen, Deadline deadline, Attempt attempt)
            throws NoTokenException, InterruptedException {
        long before = attempts.get();
        lock.lockInterruptibly();
        try {
            Session present = current;
            if (present != null && present != seen && present.use()) {
                return present;
            }
            NoTokenException known = failure;
            if (known != null && (attempts.get() != before || (failedFor == deadline.whole() && !known.isPassing()))) {
                throw known;
            }
            return attempt(deadline, attempt);
        } finally {
            lock.unlock();
        }
    }

    private Session attempt(Deadline deadline, Attempt attempt) throws NoTokenException, InterruptedException {
        failure = null;
        failedFor = deadline.whole();
        try {
            Session session = attempt.run();
            current = session;
            return session;
        } catch (NoTokenException e) {
            failure = e;
            throw e;
        } finally {
            attempts.incrementAndGet();
        }
    }

    private Session begin(Deadline attempt) throws NoTokenException, InterruptedException {
        long start = nanoTime.getAsLong();
        Login.Token token;
        try {
            token = login.token(vault, attempt);
        } catch (RefusedException e) {
            throw failures.login(e.error, login);
        } catch (IOException e) {
            throw unanswered(e);
        }
        if (token.value.isEmpty()) {
            throw failures.token(login);
        }
        Session session = new Session(token, start);
        session.use();
        return session;
    }

    private NoTokenException unanswered(IOException failure) throws InterruptedException {
        return new NoTokenException(failures.unanswered(failure), true);
    }

    private Session prolong(Session session, Deadline attempt) throws NoTokenException, InterruptedException {
        boolean renewable =
                session.token.renewable && session.token.uses == 0 && !session.isExpired(nanoTime.getAsLong());
        Session renewed = renewable ? renewed(session, attempt) : null;
        if (renewed != null) {
            return renewed;
        }
        try {
            return begin(attempt);
        } catch (NoTokenException e) {
            long now = nanoTime.getAsLong();
            if (session.isExpired(now)) {
                throw e;
            }
            session.postpone(now);
            return session;
        }
    }

    /** Renews a token; null if Vault does not, or not for as long as before, since the token nears its end. */
    private @Nullable Session renewed(Session session, Deadline attempt) throws InterruptedException {
        long start = nanoTime.getAsLong();
        String old = session.token.value;
        try {
            VaultReply reply = vault.put("auth/token/renew-self", Map.of(), old, attempt);
            long lease = reply.number("auth", "lease_duration");
            return reply.status() != 200 || lease * 2 < session.token.leaseSeconds
                    ? null
                    : new Session(new Login.Token(old, lease, reply.isTrue("auth", "renewable"), 0), start);
        } catch (IOException e) {
            failures.unanswered(e); // throws if the thread was interrupted
            return null;
        }
    }
}
