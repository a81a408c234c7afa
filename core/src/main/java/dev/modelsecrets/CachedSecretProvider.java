package dev.modelsecrets;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers a provider's answers, absent ones included, for a time to live.
 *
 * <p>For one name at most one call is under way; who needs it meanwhile waits for that call, and calls for other names
 * run beside it. No lock is held during a call. After a failure or denial a name is left alone for a second (or the
 * time to live, if that is less), so that waiting threads do not each run into the same time-out.
 */
final class CachedSecretProvider extends DelegatingSecretProvider {

    private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();

    /** How often a find begins anew because the provider changed in the midst of it. */
    private static final int MOST_ATTEMPTS = 3;

    /** With fewer entries nobody looks for old ones. */
    private static final int FEW_ENTRIES = 64;

    private final long timeToLive;
    private final long staleOnError;
    private final LongSupplier nanoTime;
    private final Object lock = new Object();

    // All below are guarded by the lock.
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Call> calls = new HashMap<>();
    private int sweepAt = FEW_ENTRIES;
    private long generation;
    private Optional<Object> version = Optional.empty();
    private boolean failing;
    private boolean warned;

    CachedSecretProvider(SecretProvider provider, Duration timeToLive, Duration staleOnError, LongSupplier nanoTime) {
        super(provider);
        this.timeToLive = Durations.toNanos(timeToLive, "time to live");
        this.staleOnError = Durations.toNanos(staleOnError, "stale time");
        this.nanoTime = nanoTime;
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        Map<String, Lookup> answers = new HashMap<>();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            boolean fresh = areFresh(names);
            // So that no answer of an older state is handed out beside new ones, nor under their token.
            Optional<Object> before = fresh ? Optional.empty() : noteVersion();
            boolean oneState = collect(names, answers);
            if (oneState || before.isEmpty() || Providers.sameVersion(before, noteVersion())) {
                break;
            }
        }
        return answers;
    }

    /** Takes what is fresh and asks for the rest; returns whether all answers came at once. */
    private boolean collect(Set<String> names, Map<String, Lookup> answers) {
        Set<String> open = new LinkedHashSet<>(names);
        boolean atOnce = false;
        while (!open.isEmpty()) {
            Turn turn = takeFresh(open, answers);
            if (turn.mine != null) {
                atOnce = turn.mine.names.size() == names.size();
                answers.putAll(ask(turn.mine));
                open.removeAll(turn.mine.names);
            } else if (turn.others != null && !turn.others.await()) {
                answers.putAll(Providers.forEach(open, Lookup.failed(Gate.problem(new InterruptedException()))));
                return true;
            }
        }
        return atOnce;
    }

    private boolean areFresh(Set<String> names) {
        synchronized (lock) {
            long now = nanoTime.getAsLong();
            for (String name : names) {
                Entry entry = entries.get(name);
                if (entry == null || entry.usableAt(now, generation) == null) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Takes the answers that are fresh, and says what to do about the names that stay open: ask for those that nobody
     * asks for, or wait for a call that others make.
     */
    private Turn takeFresh(Set<String> open, Map<String, Lookup> answers) {
        synchronized (lock) {
            long now = nanoTime.getAsLong();
            Set<String> unasked = new LinkedHashSet<>();
            Call others = null;
            for (String name : new ArrayList<>(open)) {
                Entry entry = entries.get(name);
                Lookup usable = entry == null ? null : entry.usableAt(now, generation);
                Call call = calls.get(name);
                if (usable != null) {
                    answers.put(name, usable);
                    open.remove(name);
                } else if (call != null && call.generation == generation) {
                    others = call;
                } else {
                    unasked.add(name);
                }
            }
            if (unasked.isEmpty()) {
                return new Turn(null, others);
            }
            Call mine = new Call(unasked, generation, now);
            for (String name : unasked) {
                calls.put(name, mine);
            }
            return new Turn(mine, null);
        }
    }

    private Map<String, Lookup> ask(Call call) {
        Set<String> problems = new LinkedHashSet<>();
        try {
            Map<String, Lookup> asked = Providers.find(delegate(), call.names);
            Instant time = Instant.now();
            boolean interrupted = Thread.currentThread().isInterrupted();
            synchronized (lock) {
                failing = false;
                Map<String, Lookup> answers = new HashMap<>();
                for (String name : call.names) {
                    Lookup answer = asked.getOrDefault(name, Lookup.absent(Lookup.NO_SUCH_SECRET));
                    // What an interrupt did to this thread is nobody else's answer, nor covered up.
                    boolean mineAlone = interrupted && answer.isFailed();
                    failing |= mineAlone;
                    answers.put(name, mineAlone ? answer : remember(name, answer, call, time, problems));
                }
                boolean first = !warned;
                warned = !problems.isEmpty();
                if (!first) {
                    problems.clear();
                }
                sweep();
                return answers;
            }
        } finally {
            synchronized (lock) {
                for (String name : call.names) {
                    calls.remove(name, call);
                }
            }
            call.done.countDown();
            for (String problem : problems) {
                Gate.warn("The cached provider " + Providers.name(delegate())
                        + " failed, so its last answers are used for now: " + problem);
            }
        }
    }

    /** Stores an answer and returns what to hand out: an older one in place of a failure where that is allowed. */
    private Lookup remember(String name, Lookup answer, Call call, Instant time, Set<String> problems) {
        long now = nanoTime.getAsLong();
        Entry before = entries.get(name);
        Entry entry;
        if (answer.isFailed() && before != null && before.isGood(staleOnError, now)) {
            failing = true;
            problems.add(answer.problem());
            long staleLeft = staleOnError - (now - before.freshUntil);
            entry = new Entry(
                    before.answer.asStandIn(), before.freshUntil, now + Math.min(pause(), staleLeft), call.generation);
        } else if (answer.isFailed() || answer.isDenied()) {
            // After a denial a later failure must not bring an older answer back.
            failing = true;
            entry = new Entry(answer, now, now + pause(), call.generation);
        } else {
            long freshUntil = call.asked + Math.min(timeToLive, lifeOf(answer, time));
            entry = new Entry(answer, freshUntil, freshUntil, call.generation);
        }
        if (before == null || before.generation <= call.generation) {
            entries.put(name, entry);
        }
        return entry.answer;
    }

    private long pause() {
        return Math.min(timeToLive, LONGEST_PAUSE);
    }

    /** Returns two thirds of the time that a value has left. */
    private static long lifeOf(Lookup answer, Instant now) {
        return answer.expiresAt()
                .map(end -> Duration.between(now, end))
                .map(left -> left.isNegative() ? 0 : Durations.toNanos(left, "life") / 3 * 2)
                .orElse(Long.MAX_VALUE);
    }

    private void sweep() {
        if (entries.size() > sweepAt) {
            long now = nanoTime.getAsLong();
            entries.values().removeIf(entry -> now - entry.useUntil >= 0 && !entry.isGood(staleOnError, now));
            sweepAt = Math.max(FEW_ENTRIES, 2 * entries.size());
        }
    }

    /** Returns how many answers are kept. */
    int size() {
        synchronized (lock) {
            return entries.size();
        }
    }

    /** Makes the next find ask the provider, also where one is under way that began before. */
    @Override
    public void expire() {
        synchronized (lock) {
            generation++;
        }
        super.expire();
    }

    /** Returns the provider's token, unless its last call had a failure: it may answer again at any time. */
    @Override
    public Optional<Object> version() {
        Optional<Object> now = noteVersion();
        synchronized (lock) {
            return failing ? Optional.empty() : now;
        }
    }

    /** Returns the provider's token; another one than the last makes what is cached out of date. */
    private Optional<Object> noteVersion() {
        Optional<Object> before;
        long begun;
        synchronized (lock) {
            before = version;
            begun = generation;
        }
        Optional<Object> now = Providers.version(delegate());
        boolean same = before.isPresent() ? Providers.sameVersion(before, now) : now.isEmpty();
        if (!same) {
            synchronized (lock) {
                // Unless another thread has made it all old meanwhile.
                if (generation == begun) {
                    version = now;
                    generation++;
                }
            }
        }
        return now;
    }

    @Override
    public Subscription watch(Set<String> names, Runnable changed) {
        return super.watch(names, () -> {
            expire();
            changed.run();
        });
    }

    /** What a find does next: make a call of its own, or wait for one of others; neither if all is answered. */
    private record Turn(@Nullable Call mine, @Nullable Call others) {}

    /** A call of the provider that is under way. */
    private static final class Call {

        final Set<String> names;
        final long generation;
        final long asked;
        final CountDownLatch done = new CountDownLatch(1);

        Call(Set<String> names, long generation, long asked) {
            this.names = names;
            this.generation = generation;
            this.asked = asked;
        }

        /** Waits for its end; false if this thread is interrupted. */
        boolean await() {
            try {
                done.await();
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** An answer and how long it may be used. A class, so that no generated method shows the value. */
    private static final class Entry {

        final Lookup answer;

        /** When the answer stopped, or will stop, being fresh. */
        final long freshUntil;

        /** Until when it is used without asking; later than {@link #freshUntil} while the provider fails. */
        final long useUntil;

        final long generation;

        Entry(Lookup answer, long freshUntil, long useUntil, long generation) {
            this.answer = answer;
            this.freshUntil = freshUntil;
            this.useUntil = useUntil;
            this.generation = generation;
        }

        @Nullable
        Lookup usableAt(long now, long current) {
            return generation == current && now - useUntil < 0 ? answer : null;
        }

        /** Tells whether it may stand in for a failure. */
        boolean isGood(long staleTime, long now) {
            return staleTime > 0 && (answer.isFound() || answer.isAbsent()) && now - freshUntil < staleTime;
        }
    }
}
