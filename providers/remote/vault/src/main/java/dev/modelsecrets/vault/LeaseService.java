package dev.modelsecrets.vault;

import dev.modelsecrets.remote.Answer;
import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.remote.RemoteService;
import dev.modelsecrets.vault.VaultError.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Credentials that Vault makes: one lease for each path, renewed at two thirds of its life, replaced before its end.
 *
 * <p>A lease ends with the token that it was made with, so it is handed out until the sooner of the two ends, and
 * replaced when there is another token. Static roles have no lease but a {@code ttl} until their password changes; they
 * are read each time. Thread-safe.
 */
final class LeaseService implements RemoteService {

    private static final Duration TO_REVOKE = Duration.ofSeconds(5);

    private final VaultAccess vault;
    private final boolean revokeOnClose;
    private final LongSupplier nanoTime;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final Queue<Lease> made = new ConcurrentLinkedQueue<>();

    LeaseService(VaultAccess vault, boolean revokeOnClose, LongSupplier nanoTime) {
        this.vault = vault;
        this.revokeOnClose = revokeOnClose;
        this.nanoTime = nanoTime;
    }

    /** The lease of one path, with a lock, so that many threads make one. */
    private static final class Slot {
        final ReentrantLock lock = new ReentrantLock();
        volatile Optional<Lease> lease = Optional.empty();
    }

    @Override
    public String description() {
        return vault.description();
    }

    @Override
    public String where(String secret) {
        return secret;
    }

    @Override
    public Optional<String> nameProblem(String secret) {
        return VaultNames.problem(secret);
    }

    @Override
    public Optional<Answer> connect() {
        return vault.open();
    }

    @Override
    public Map<String, Answer> read(Set<String> secrets, Deadline attempt) throws InterruptedException {
        Map<String, Answer> answers = new HashMap<>();
        for (String path : secrets) {
            answers.put(path, vault.answer(() -> read(path, attempt)));
        }
        return answers;
    }

    private Answer read(String path, Deadline attempt) throws NoTokenException, IOException, InterruptedException {
        Slot slot = slots.computeIfAbsent(path, ignored -> new Slot());
        slot.lock.lockInterruptibly();
        try {
            Session session = vault.session(attempt);
            Optional<Lease> present = slot.lease.filter(lease -> lease.isOf(session));
            long now = nanoTime.getAsLong();
            if (present.isPresent() && (!present.get().isDue(now) || renew(present.get(), attempt))) {
                return present.get().answer(session, now);
            }
            return make(path, slot, session, attempt);
        } finally {
            slot.lock.unlock();
        }
    }

    private Answer make(String path, Slot slot, Session session, Deadline attempt)
            throws NoTokenException, InterruptedException {
        long start = nanoTime.getAsLong();
        VaultReply reply;
        try {
            reply = vault.get(VaultNames.encoded(path), attempt);
        } catch (IOException e) {
            return old(slot, session, start)
                    .orElse(vault.failures().unanswered(e).notAgain()); // it may have made a lease
        }
        Optional<String> data = reply.status() == 200 ? reply.object("data") : Optional.empty();
        if (data.isEmpty()) {
            VaultError error = reply.error();
            Optional<Answer> old = error.isPassing() ? old(slot, session, start) : Optional.empty();
            return old.orElseGet(() -> refusal(path, error));
        }
        String id = reply.value("lease_id").orElse("");
        if (id.isEmpty()) {
            long untilRotation = reply.number("data", "ttl");
            Answer answer = Answer.text(data.get());
            return untilRotation == 0 ? answer : answer.expiringAt(Instant.now().plusSeconds(untilRotation));
        }
        Session used = vault.session(attempt);
        Lease lease = new Lease(id, data.get(), used.token.value, start);
        lease.extend(reply.number("lease_duration"), reply.isTrue("renewable"), start);
        slot.lease = Optional.of(lease);
        if (revokeOnClose) {
            made.removeIf(other -> other.isOver(start));
            made.add(lease);
        }
        return lease.answer(used, start);
    }

    /** Returns the lease that could not be replaced now, while it lasts. */
    private static Optional<Answer> old(Slot slot, Session session, long now) {
        return slot.lease
                .filter(lease -> lease.isOf(session) && !lease.isOver(now))
                .map(lease -> lease.answer(session, now));
    }

    /** Renews a lease; false if Vault does not, or not for as long as before, since the lease nears its maximum. */
    private boolean renew(Lease lease, Deadline attempt) throws NoTokenException, InterruptedException {
        if (!lease.isRenewable()) {
            return false;
        }
        long start = nanoTime.getAsLong();
        try {
            VaultReply reply = vault.put("sys/leases/renew", Map.of("lease_id", lease.id()), attempt);
            return reply.status() == 200
                    && lease.isWorth(reply.number("lease_duration"))
                    && lease.extend(reply.number("lease_duration"), reply.isTrue("renewable"), start);
        } catch (IOException e) {
            vault.failures().unanswered(e); // throws if the thread was interrupted
            return false;
        }
    }

    private Answer refusal(String path, VaultError error) {
        if (error.is(Kind.FOREIGN)) {
            return vault.failures().of(error);
        }
        return switch (error.status()) {
            case 200 -> Answer.failed(path + " gives no credentials: it must be a path such as database/creds/reader");
            case 403 ->
                Answer.denied(description() + " refuses to read " + path + ": grant the capability read on that path");
            case 400 ->
                Answer.failed(description() + " makes no credentials at " + path
                        + " (400): check the role's name, and the engine's connection");
            case 404 ->
                error.is(Kind.NO_MOUNT)
                        ? Answer.failed(description() + " has no engine mounted for " + path)
                        : Answer.absent(path + " does not exist in " + description());
            default -> vault.failures().of(error);
        };
    }

    /** Forgets the leases, so that the next read makes new ones. */
    @Override
    public void expire() {
        slots.values().forEach(slot -> slot.lease = Optional.empty());
    }

    @Override
    public void close() {
        if (revokeOnClose) {
            revoke();
        }
        vault.close();
    }

    private void revoke() {
        Deadline deadline = Deadline.in(TO_REVOKE);
        try {
            for (Lease lease = made.poll(); lease != null; lease = made.poll()) {
                vault.put("sys/leases/revoke", Map.of("lease_id", lease.id()), deadline);
            }
        } catch (NoTokenException | IOException e) {
            // They end by themselves; closing must not fail.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
