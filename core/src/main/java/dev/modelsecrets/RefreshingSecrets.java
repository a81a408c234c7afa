package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that are resolved again at an interval: {@link #get()} is the newest snapshot, without a lock.
 *
 * <p>A snapshot never changes, so a request that keeps the one it started with sees one generation. A daemon thread
 * resolves again at each interval, and at once when a provider announces a change; providers that can tell cheaply that
 * nothing changed are not read. Where a refresh fails, the last good snapshot stays in use; one WARN is given for a
 * streak of failures. Thread-safe. Nothing here keeps the JVM alive.
 *
 * @see SecretsResolver#refreshing(SecretDeclarations, Duration)
 */
public final class RefreshingSecrets implements Supplier<Secrets>, AutoCloseable {

    private final SecretsResolver resolver;
    private final SecretDeclarations declarations;
    private final long interval;
    private final InstantSource clock;
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> watches = new ArrayList<>();
    private final KnownValues known = new KnownValues();

    private volatile Secrets snapshot;
    private volatile Instant confirmed;
    private volatile @Nullable SecretsException lastFailure;

    /** Touched by one refresh at a time. What the providers that were asked last said of their state. */
    private @Nullable List<Optional<Object>> versions;

    private final Object lock = new Object();

    // All below are guarded by the lock.
    private long begun;
    private long finished;
    private @Nullable Thread running;
    private boolean changeAnnounced;
    private boolean closed;

    RefreshingSecrets(
            SecretsResolver resolver, SecretDeclarations declarations, Duration interval, InstantSource clock) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("the interval must not be negative");
        }
        this.resolver = resolver;
        this.declarations = declarations;
        this.interval = Durations.toNanos(interval);
        this.clock = Objects.requireNonNull(clock, "clock");
        resolver.checkAccess(declarations);
        try {
            // The watches come first, so that no change is missed between them and the first look.
            for (SecretProvider provider : resolver.providers()) {
                watches.add(provider.watch(declarations.names(), this::announceChange));
            }
            List<Optional<Object>> seen = new ArrayList<>();
            snapshot = resolver.resolve(declarations, seen);
            known.use(snapshot);
            versions = seen;
            confirmed = clock.instant();
        } catch (Throwable e) {
            closeWatches();
            throw e;
        }
        Thread thread = new Thread(this::run, "model-secrets-refresh");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Returns the newest snapshot, without locking or waiting.
     *
     * @return the secrets; the same object until something changes
     */
    @Override
    public Secrets get() {
        return snapshot;
    }

    /**
     * Looks again now and returns when that is done: call it after a backend refused a secret (a 401).
     *
     * <p>Callers that come while a refresh runs wait together for one that begins after they came. Caches made by {@link
     * SecretProvider#cached} are bypassed. Where the refresh fails, the last good snapshot is returned, and {@link
     * #lastFailure()} says why.
     *
     * @return the newest snapshot
     * @throws SecretAccessDeniedException if a secret is refused by now
     * @throws IllegalStateException if this is closed
     */
    public Secrets refresh() {
        for (SecretProvider provider : resolver.providers()) {
            Asking.expire(provider);
        }
        if (!refreshTogether()) {
            throw new IllegalStateException("these refreshing secrets are closed");
        }
        if (lastFailure instanceof SecretAccessDeniedException denied) {
            throw denied;
        }
        return snapshot;
    }

    /**
     * Tells a listener the names that changed, after each refresh that changed anything.
     *
     * <p>It is called by the thread that refreshes and should be quick. One that throws harms nobody: a WARN names the
     * exception's class.
     *
     * @param listener gets names, never values
     * @return stops the listening when run
     */
    public Runnable onChange(Consumer<Change> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return () -> listeners.remove(listener);
    }

    /**
     * Returns how long ago the snapshot was last found to be current.
     *
     * @return the time since the last refresh that did not fail
     */
    public Duration age() {
        return Duration.between(confirmed, clock.instant());
    }

    /**
     * Returns why the newest refresh failed.
     *
     * @return the failure, or empty if the newest refresh went well
     */
    public Optional<SecretsException> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /**
     * Returns a redactor that follows: it knows the values of this snapshot, of all to come and of those before.
     *
     * <p>A new value is known to it before {@link #get()} hands it out. Old ones take up 8 MiB at most, which is some 2,500
     * tokens; the oldest are forgotten. Values of less than 8 characters are left alone.
     *
     * @return the same redactor each time
     */
    public Redactor redactor() {
        return redactor(Redactor.DEFAULT_MINIMUM_LENGTH);
    }

    /**
     * Returns a redactor that follows, with a minimum length of its own.
     *
     * @param minimumLength how many characters a value must have to be replaced
     * @return the same redactor each time for one length
     * @throws IllegalArgumentException if the length is less than 1
     */
    public Redactor redactor(int minimumLength) {
        return known.redactor(minimumLength);
    }

    /** Ends the thread and the watches; the last snapshot stays available. Idempotent. */
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            lock.notifyAll();
        }
        closeWatches();
    }

    private void closeWatches() {
        for (AutoCloseable watch : watches) {
            try {
                watch.close();
            } catch (Exception e) {
                Log.warn("A provider's watch did not close: " + e.getClass().getName());
            }
        }
    }

    private void announceChange() {
        synchronized (lock) {
            changeAnnounced = true;
            lock.notifyAll();
        }
    }

    /** The thread: waits for the interval, an announced change or the end. */
    private void run() {
        boolean open = true;
        while (open) {
            open = awaitTurn() && refreshTogether();
        }
    }

    private boolean awaitTurn() {
        long begin = System.nanoTime();
        synchronized (lock) {
            while (!closed && !changeAnnounced) {
                long left = interval - (System.nanoTime() - begin);
                if (interval != 0 && left <= 0) {
                    break;
                }
                try {
                    if (interval == 0) {
                        lock.wait();
                    } else {
                        lock.wait(left / 1_000_000 + 1);
                    }
                } catch (InterruptedException e) {
                    // Only close() ends this thread.
                }
            }
            return !closed;
        }
    }

    /** Runs one refresh that begins after this call, or waits for another caller's; false if this is closed. */
    private boolean refreshTogether() {
        long mine;
        synchronized (lock) {
            if (running == Thread.currentThread()) {
                // A listener asks for what is being done.
                return true;
            }
            long wanted = begun + 1;
            boolean interrupted = false;
            while (running != null && finished < wanted) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (finished >= wanted) {
                return true;
            }
            if (closed) {
                return false;
            }
            mine = ++begun;
            running = Thread.currentThread();
            if (changeAnnounced) {
                changeAnnounced = false;
                versions = null;
            }
        }
        try {
            refreshOnce();
        } finally {
            synchronized (lock) {
                running = null;
                finished = mine;
                lock.notifyAll();
            }
        }
        return true;
    }

    private void refreshOnce() {
        Change change = null;
        try {
            if (!isUnchanged()) {
                List<Optional<Object>> seen = new ArrayList<>();
                versions = null;
                change = publish(resolver.resolve(declarations, seen));
                versions = seen;
            }
            confirmed = clock.instant();
            lastFailure = null;
        } catch (SecretsException e) {
            fail(e);
        } catch (Throwable e) {
            // Whatever it is, the thread must live on.
            fail(new SecretsException("refreshing failed with " + e.getClass().getName()));
        }
        if (change != null) {
            tell(change);
        }
    }

    /** Asks the providers whose answers are in use whether they would still answer the same. */
    private boolean isUnchanged() {
        List<Optional<Object>> before = versions;
        if (before == null) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            Optional<Object> version = before.get(i);
            if (version.isEmpty()
                    || !version.equals(Asking.version(resolver.providers().get(i)))) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Change publish(Secrets next) {
        Change change = Change.between(snapshot, next);
        if (change == null) {
            return null;
        }
        known.use(next);
        snapshot = next;
        return change;
    }

    private void fail(SecretsException failure) {
        if (lastFailure == null) {
            Log.warn("Refreshing the secrets failed, so the last good ones stay in use. " + failure.getMessage());
        }
        lastFailure = failure;
    }

    private void tell(Change change) {
        for (Consumer<Change> listener : listeners) {
            try {
                listener.accept(change);
            } catch (Throwable e) {
                Log.warn("A listener for changed secrets failed with "
                        + e.getClass().getName());
            }
        }
    }

    /** Returns the names, never a value. */
    @Override
    @JsonValue
    public String toString() {
        return "RefreshingSecrets" + declarations.names();
    }

    /**
     * The names whose values a refresh changed.
     *
     * @param added names that had no value but a default, and have one now
     * @param changed names that have another value now
     * @param removed names that fell back to their default
     */
    public record Change(Set<String> added, Set<String> changed, Set<String> removed) {

        /** Copies the sets. */
        public Change {
            added = Set.copyOf(added);
            changed = Set.copyOf(changed);
            removed = Set.copyOf(removed);
        }

        static @Nullable Change between(Secrets before, Secrets after) {
            Set<String> added = new LinkedHashSet<>();
            Set<String> changed = new LinkedHashSet<>();
            Set<String> removed = new LinkedHashSet<>();
            for (String name : after.keySet()) {
                if (before.isDefault(name) != after.isDefault(name)) {
                    (after.isDefault(name) ? removed : added).add(name);
                } else if (!after.require(name).equals(before.get(name))) {
                    changed.add(name);
                }
            }
            boolean none = added.isEmpty() && changed.isEmpty() && removed.isEmpty();
            return none ? null : new Change(added, changed, removed);
        }
    }
}
