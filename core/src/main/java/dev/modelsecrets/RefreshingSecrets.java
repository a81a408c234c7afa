package dev.modelsecrets;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.modelsecrets.ResolutionEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that are resolved again at an interval: {@link #get()} is the newest snapshot, without a lock.
 *
 * <p>A snapshot never changes, so a request that keeps the one it started with sees one generation. A daemon thread
 * resolves again at each interval, when a provider announces a change, and when two thirds of the life of a value that
 * expires are over; providers that can tell cheaply that nothing changed are not read. Where a refresh fails, the last
 * good snapshot stays in use; one WARN is given for a streak of failures, and the pauses grow. Thread-safe. Nothing
 * here keeps the JVM alive.
 *
 * <pre>{@code
 * RefreshingSecrets secrets = chain.refreshing(declarations, Duration.ofSeconds(30));
 * secrets.onChange(change -> pool.reconnect());
 * client.call(secrets.get().require("api_key"));
 * }</pre>
 *
 * @see SecretsResolver#refreshing(SecretDeclarations, Duration)
 */
public final class RefreshingSecrets implements Supplier<Secrets>, AutoCloseable {

    private final Chain chain;
    private final SecretDeclarations declarations;
    private final LongSupplier nanoTime;
    private final List<Registration<Change>> changeListeners = new CopyOnWriteArrayList<>();
    private final List<Registration<SecretsException>> failureListeners = new CopyOnWriteArrayList<>();
    private final ChangeNotifier notifier = new ChangeNotifier();
    private final List<Subscription> watches = new ArrayList<>();
    private final KnownValues knownValues = new KnownValues();
    private final RefreshLoop loop;
    private final HiddenSecrets hiddenSecrets;

    private volatile Secrets snapshot;
    private volatile long confirmedAt;
    private volatile @Nullable SecretsException lastFailure;
    private volatile @Nullable Instant firstExpiry;

    /** Touched by one look at a time. What the last successful one knows of the providers; null after a failure. */
    private @Nullable Resolution last;

    RefreshingSecrets(Chain chain, SecretDeclarations declarations, Duration interval, LongSupplier nanoTime) {
        this.chain = chain;
        this.declarations = declarations;
        this.nanoTime = nanoTime;
        loop = new RefreshLoop(Durations.toNanos(interval, "interval"), this::look);
        hiddenSecrets = new HiddenSecrets(chain, this::requireOpen);
        chain.checkModel();
        // The watches come first, so that no change is missed between them and the first look.
        NameSet watched = chain.allowed(declarations);
        if (!watched.isEmpty()) {
            for (SecretProvider provider : chain.providers) {
                watches.add(Providers.watch(provider, watched, loop::announce));
            }
        }
        try {
            snapshot = resolve(chain::tell);
        } catch (Throwable failure) {
            watches.forEach(Providers::close);
            throw failure;
        }
        knownValues.use(snapshot);
        confirmedAt = nanoTime.getAsLong();
        loop.start(firstExpiry);
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
     * <p>Callers that come while a look is under way wait together for one that begins after they came. Caches are
     * bypassed, through every decorator that forwards {@link SecretProvider#expire()}. Where the look fails, the last
     * good snapshot is returned, and {@link #lastFailure()} says why. A caller that is interrupted returns at once with
     * the last good snapshot, and stays interrupted.
     *
     * @return the newest snapshot
     * @throws SecretAccessDeniedException if a secret is now denied
     * @throws IllegalStateException if this is closed
     */
    public Secrets refresh() {
        if (!loop.isClosed()) {
            for (SecretProvider provider : chain.providers) {
                Providers.expire(provider);
            }
        }
        if (!loop.lookTogether()) {
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
     * <p>Listeners run on a daemon thread of their own, in order, one change at a time: a slow one delays nobody, and
     * one may itself call {@link #refresh()}. If one throws, nothing else is affected: a WARN names the exception's
     * class. None is called after {@link #close()} returned.
     *
     * @param listener gets names, never values
     * @return stops the listening when closed; a call that is under way is waited for, but not for longer than a second
     */
    public Subscription onChange(Consumer<? super Change> listener) {
        return register(listener, changeListeners);
    }

    /**
     * Tells a listener why a refresh failed, once for a streak of failures; it runs where those of {@link #onChange}
     * do.
     *
     * @param listener gets the failure, which holds no value
     * @return stops the listening when closed
     */
    public Subscription onFailure(Consumer<? super SecretsException> listener) {
        return register(listener, failureListeners);
    }

    private static <T> Subscription register(Consumer<? super T> listener, List<Registration<T>> registrations) {
        Registration<T> registration = new Registration<>(listener);
        registrations.add(registration);
        return () -> {
            registrations.remove(registration);
            registration.end();
        };
    }

    /** One listener, registered once. Compared by identity: what a listener equals is its own business. */
    private static final class Registration<T> {

        /** How long an end waits for a call that has just begun. */
        private static final long LONGEST_WAIT = Duration.ofSeconds(1).toNanos();

        private final Consumer<? super T> listener;

        // Both below are guarded by this.
        private @Nullable Thread caller;
        private boolean ended;

        Registration(Consumer<? super T> listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
        }

        /** Calls the listener unless it has ended; no lock is held meanwhile. */
        void tell(T event) {
            synchronized (this) {
                if (ended) {
                    return;
                }
                caller = Thread.currentThread();
            }
            try {
                Gate.tell(listener, event);
            } finally {
                synchronized (this) {
                    caller = null;
                    notifyAll();
                }
            }
        }

        /** Begins no further call. Waits for a moment for the one under way, unless that is the caller. */
        synchronized void end() {
            ended = true;
            Waits.until(this, LONGEST_WAIT, () -> caller == null || caller == Thread.currentThread());
        }
    }

    /**
     * Returns how long ago the snapshot was last found to be current, by the monotonic clock.
     *
     * @return the time since the last refresh that did not fail
     */
    public Duration age() {
        return Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - confirmedAt));
    }

    /**
     * Returns why the newest refresh failed.
     *
     * @return the failure; empty if the newest refresh succeeded
     */
    public Optional<SecretsException> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /**
     * Returns when the first value of the snapshot stops being valid.
     *
     * @return the instant; empty if no value has a known end
     */
    public Optional<Instant> nextExpiry() {
        return Optional.ofNullable(firstExpiry);
    }

    /**
     * Returns a redactor that follows: it knows the values of this snapshot, of all to come and of former ones.
     *
     * <p>A new value is known to it before {@link #get()} hands it out. Old ones take up 8 MiB at most, which is some
     * 2,500 tokens; the oldest are forgotten. Values of fewer than 8 characters are left alone.
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
        return knownValues.redactor(minimumLength);
    }

    /**
     * Ends the threads and the watches; the last snapshot stays available. The providers stay open. Idempotent.
     *
     * <p>Afterwards no listener is called, no provider asked and no snapshot replaced. A provider or listener that is
     * under way is waited for, but not for longer than a second.
     */
    @Override
    public void close() {
        if (loop.close()) {
            watches.forEach(Providers::close);
            notifier.close();
        }
    }

    /** Looks once, on the thread of the loop or of a caller of refresh, never on two at a time. */
    private RefreshLoop.Look look(boolean mustRead) {
        List<ResolutionEvent> events = new ArrayList<>(1);
        Runnable afterwards = () -> events.forEach(chain::tell);
        try {
            Resolution before = last;
            Change change = null;
            if (mustRead || before == null || !isUnchanged(before)) {
                last = null;
                change = publish(resolve(events::add));
            } else if (chain.hasListener()) {
                new Observation(chain, declarations, Kind.REFRESH, events::add).unchanged();
            }
            if (last != null) {
                hiddenSecrets.look(snapshot, last.winners());
            }
            confirmedAt = nanoTime.getAsLong();
            lastFailure = null;
            if (change != null) {
                tell(changeListeners, change);
            }
            return RefreshLoop.Look.succeeded(change != null, firstExpiry, afterwards);
        } catch (CancellationException closed) {
            return RefreshLoop.Look.failed(firstExpiry, () -> {});
        } catch (SecretsException failure) {
            fail(failure);
        } catch (VirtualMachineError error) {
            // The thread must live on: the next look may have the memory that this one had not.
            fail(new SecretProviderException(
                    "refresh", "stopped with " + error.getClass().getName()));
        }
        return RefreshLoop.Look.failed(firstExpiry, afterwards);
    }

    /**
     * Ends a look once this is closed: nothing more is asked of a provider.
     *
     * @throws CancellationException if it is closed
     */
    private void requireOpen() {
        if (loop.isClosed()) {
            throw new CancellationException();
        }
    }

    private Secrets resolve(Consumer<ResolutionEvent> target) {
        Resolution resolution = new Resolution(chain, declarations);
        Secrets resolved = new Observation(chain, declarations, Kind.REFRESH, target)
                .run(resolution, () -> resolution.resolve(this::requireOpen));
        last = resolution;
        hiddenSecrets.remember(resolution.winners());
        firstExpiry = resolution.firstExpiry().orElse(null);
        return resolved;
    }

    /** Asks the providers whose answers are in use whether they would still answer the same. */
    private boolean isUnchanged(Resolution before) {
        List<Optional<Object>> versions = before.versions();
        for (int i = 0; i < versions.size(); i++) {
            Optional<Object> version = versions.get(i);
            requireOpen();
            if (version.isEmpty() || !Providers.sameVersion(version, Providers.version(chain.providers.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Hands out a new snapshot if it differs, and says in what. */
    private @Nullable Change publish(Secrets next) {
        Change change = Change.between(snapshot, next);
        if (change == null) {
            return null;
        }
        knownValues.use(next);
        return loop.unlessClosed(() -> snapshot = next) ? change : null;
    }

    private void fail(SecretsException failure) {
        boolean first = lastFailure == null;
        lastFailure = failure;
        if (first && !loop.isClosed()) {
            tell(failureListeners, failure);
            Gate.warn("Refreshing the secrets failed, so the last good ones stay in use. " + failure.getMessage());
        }
    }

    /** Tells those who listen now, unless they have stopped by the time it is their turn. */
    private <T> void tell(List<Registration<T>> registrations, T event) {
        for (Registration<T> registration : registrations) {
            notifier.submit(() -> registration.tell(event));
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
