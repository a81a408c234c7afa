package dev.modelsecrets.testing;

import dev.modelsecrets.DelegatingSecretProvider;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Providers that misbehave on purpose, for tests of a framework: each wraps another provider, so they combine.
 *
 * <p>{@code Faults.counted(Faults.flapping(provider, 1, 2))} answers once, fails twice, and so on, and counts. A
 * wrapper has the name of what it wraps, passes its announcements on, and is as thread-safe. All of them say in their
 * messages that they fail on purpose.
 */
public final class Faults {

    private Faults() {}

    /** Forwards everything but the version: a refresh that finds it unchanged would not ask, and miss the fault. */
    private abstract static class Faulty extends DelegatingSecretProvider {

        Faulty(SecretProvider provider) {
            super(provider);
        }

        @Override
        public Optional<Object> version() {
            return Optional.empty();
        }
    }

    /**
     * Fails, as a store that is down.
     *
     * @param provider the provider to break
     * @param names the secrets that cannot be read; none means that nothing can
     * @return a failed answer for each of the names that is asked for
     */
    public static SecretProvider failing(SecretProvider provider, String... names) {
        return answering(provider, Set.of(names), name -> Lookup.failed("fails on purpose for " + name));
    }

    /**
     * Fails with an exception of your choice, such as that of a client library.
     *
     * @param provider the provider to break
     * @param failure makes the exception
     * @return throws it at every call
     */
    public static SecretProvider failing(SecretProvider provider, Supplier<? extends RuntimeException> failure) {
        return new Faulty(provider) {
            @Override
            public Map<String, Lookup> find(Set<String> names) {
                throw failure.get();
            }
        };
    }

    /**
     * Denies secrets to the caller, as a store whose rights were taken away.
     *
     * @param provider the provider to guard
     * @param names the secrets that are denied; none means all
     * @return a denied answer for each of the names that is asked for
     */
    public static SecretProvider denying(SecretProvider provider, String... names) {
        return answering(provider, Set.of(names), name -> Lookup.denied(name + " is denied on purpose"));
    }

    /** Gives answers of its own for some names, or for all of them if there are none. */
    private static SecretProvider answering(
            SecretProvider provider, Set<String> touched, Function<String, Lookup> answer) {
        return new Faulty(provider) {
            @Override
            public Map<String, Lookup> find(Set<String> names) {
                Map<String, Lookup> answers = new HashMap<>();
                Set<String> others = new LinkedHashSet<>();
                for (String name : names) {
                    if (touched.isEmpty() || touched.contains(name)) {
                        answers.put(name, answer.apply(name));
                    } else {
                        others.add(name);
                    }
                }
                if (!others.isEmpty()) {
                    answers.putAll(provider.find(others));
                }
                return answers;
            }
        };
    }

    /**
     * Answers only a part of what it is asked.
     *
     * @param provider the provider to ask
     * @param names the secrets that are left out of the answers, which counts as absent
     * @return answers for all other names
     */
    public static SecretProvider partial(SecretProvider provider, String... names) {
        Set<String> leftOut = Set.of(names);
        return new Faulty(provider) {
            @Override
            public Map<String, Lookup> find(Set<String> names) {
                Map<String, Lookup> answers = new HashMap<>(provider.find(names));
                answers.keySet().removeAll(leftOut);
                return answers;
            }
        };
    }

    /**
     * Takes its time.
     *
     * @param provider the provider to slow down
     * @param delay how long each call waits, in real time
     * @return the same answers, later; an interrupt ends the wait with a {@link SecretProviderException}
     */
    public static SecretProvider slow(SecretProvider provider, Duration delay) {
        return delayed(provider, () -> Thread.sleep(delay.toMillis()));
    }

    /**
     * Waits until the test lets it go on: slow to the code under test, and quick for the test.
     *
     * @param provider the provider to hold up
     * @param gate what each call has to pass
     * @return the same answers, once the gate is open; an interrupt ends the wait with a {@link
     *     SecretProviderException}
     */
    public static SecretProvider slow(SecretProvider provider, Gate gate) {
        return delayed(provider, gate::pass);
    }

    private static SecretProvider delayed(SecretProvider provider, Wait wait) {
        return new Faulty(provider) {
            @Override
            public Map<String, Lookup> find(Set<String> names) {
                try {
                    wait.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new SecretProviderException(name(), "was interrupted while being slow on purpose");
                }
                return provider.find(names);
            }
        };
    }

    /** Something to wait for. */
    private interface Wait {

        void await() throws InterruptedException;
    }

    /**
     * Refuses calls that come too fast, as a store with a quota.
     *
     * @param provider the provider to protect
     * @param calls how many calls are let through in each window
     * @param window how long a call counts
     * @param clock tells the time, such as a {@link ManualClock}
     * @return throws a {@link SecretProviderException} for a call too many; refused calls do not count
     */
    public static SecretProvider throttled(SecretProvider provider, int calls, Duration window, InstantSource clock) {
        Deque<Instant> passed = new ArrayDeque<>();
        return new Faulty(provider) {
            @Override
            public Map<String, Lookup> find(Set<String> names) {
                synchronized (passed) {
                    Instant now = clock.instant();
                    while (!passed.isEmpty() && !passed.getFirst().plus(window).isAfter(now)) {
                        passed.removeFirst();
                    }
                    if (passed.size() >= calls) {
                        throw new SecretProviderException(
                                name(), "is throttled on purpose: more than " + calls + " calls in " + window);
                    }
                    passed.addLast(now);
                }
                return provider.find(names);
            }
        };
    }

    /**
     * Works and fails by turns, as a store behind a bad network.
     *
     * @param provider the provider to unsettle
     * @param good how many calls are answered
     * @param bad how many calls then fail with a {@link SecretProviderException}, before it begins again
     * @return the provider; with several threads the turns go by the order of their calls
     * @throws IllegalArgumentException if a number is negative or both are zero
     */
    public static SecretProvider flapping(SecretProvider provider, int good, int bad) {
        if (good < 0 || bad < 0 || good + bad == 0) {
            throw new IllegalArgumentException("good and bad must not be negative, nor both zero");
        }
        return new Faulty(provider) {
            private long calls;

            @Override
            public Map<String, Lookup> find(Set<String> names) {
                if (turn() >= good) {
                    throw new SecretProviderException(name(), "fails on purpose, at times");
                }
                return provider.find(names);
            }

            private synchronized long turn() {
                return calls++ % (good + bad);
            }
        };
    }

    /**
     * Counts the calls that it passes on.
     *
     * @param provider the provider to ask
     * @return the same answers and failures, and a count
     */
    public static Counted counted(SecretProvider provider) {
        return new Counted(provider);
    }

    /** A provider that knows how often it was asked, and for what. Thread-safe. */
    public static final class Counted extends DelegatingSecretProvider {

        private final List<Set<String>> requests = Collections.synchronizedList(new ArrayList<>());

        private Counted(SecretProvider provider) {
            super(provider);
        }

        /**
         * Returns how often it was asked.
         *
         * @return the number of {@code find} calls, those that failed included
         */
        public int calls() {
            return requests.size();
        }

        /**
         * Returns what it was asked for.
         *
         * @return the names of each call, in the order of the calls
         */
        public List<Set<String>> requests() {
            synchronized (requests) {
                return List.copyOf(requests);
            }
        }

        /** Starts again at zero. */
        public void reset() {
            requests.clear();
        }

        @Override
        public Map<String, Lookup> find(Set<String> names) {
            requests.add(Collections.unmodifiableSet(new LinkedHashSet<>(names)));
            return super.find(names);
        }

        /** Returns the name of the provider and the count. */
        @Override
        public String toString() {
            return super.toString() + " (" + calls() + " calls)";
        }
    }

    /** Holds calls up until the test opens it. Thread-safe. */
    public static final class Gate {

        private boolean open;
        private int waiting;

        /** Creates a closed gate. */
        public Gate() {}

        /** Lets all waiting calls through, and those that come. */
        public synchronized void open() {
            open = true;
            notifyAll();
        }

        /** Holds up the calls that come from now on. */
        public synchronized void close() {
            open = false;
        }

        /**
         * Waits until calls are held up here.
         *
         * @param calls how many
         * @param timeout how long to wait for them
         * @throws InterruptedException if the thread is interrupted
         * @throws AssertionError if fewer have come when the time is up
         */
        public synchronized void awaitWaiting(int calls, Duration timeout) throws InterruptedException {
            long end = System.nanoTime() + timeout.toNanos();
            while (waiting < calls) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError(waiting + " of " + calls + " calls came to the gate in " + timeout);
                }
                wait(left / 1_000_000 + 1);
            }
        }

        private synchronized void pass() throws InterruptedException {
            waiting++;
            notifyAll();
            try {
                while (!open) {
                    wait();
                }
            } finally {
                waiting--;
            }
        }
    }
}
