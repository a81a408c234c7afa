package dev.modelsecrets.examples.benchmarks.fleet;

import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Spark executors that start within some seconds and resolve once, against a store that admits some calls a second.
 *
 * <p>A refused call is tried again as the remote providers do: after a pause that doubles from 100 ms to 2 s, until the
 * deadline of 10 s. Then the executor pauses as the Spark plugin does, from 500 ms to 10 s, for a minute in all; after
 * that it ends. One that has started looks again every 54 s. Every pause varies: those before a retry between half and
 * whole, that between looks by a tenth each way. Times are simulated.
 */
public final class ExecutorStartSimulation {

    private static final int SECOND = 1_000;
    private static final int LATENCY = 5;
    private static final int DEADLINE = 10 * SECOND;
    private static final int START_TIMEOUT = 60 * SECOND;
    private static final int LOOK_PAUSE = 54 * SECOND;
    private static final int SETTLED = 2 * 60;
    private static final int END = 12 * 60;

    private final Random random;
    private final int executors;
    private final int startMillis;
    private final int admitted;
    private final int callsOfALook;
    private final boolean pausesVary;

    /**
     * Describes a cluster.
     *
     * @param executors how many there are
     * @param startSeconds the time within which they start
     * @param admitted how many calls a second the store answers
     * @param callsOfALook how many calls an executor makes for its secrets, such as a login and a read
     * @param pausesVary whether pauses vary
     * @param seed makes two runs alike
     */
    public ExecutorStartSimulation(
            int executors, int startSeconds, int admitted, int callsOfALook, boolean pausesVary, long seed) {
        this.executors = executors;
        this.startMillis = startSeconds * SECOND;
        this.admitted = admitted;
        this.callsOfALook = callsOfALook;
        this.pausesVary = pausesVary;
        this.random = new Random(seed);
    }

    /**
     * What came of it.
     *
     * @param busiestAtStart the most calls in one second of the first two minutes
     * @param refused how many calls the store refused in that time
     * @param lastReady when the last executor had its secrets, in seconds
     * @param ended executors that gave up
     * @param busiestLater the most calls in one second of the ten minutes after that
     */
    public record Outcome(int busiestAtStart, int refused, double lastReady, int ended, int busiestLater) {}

    /** One executor and its next call; ordered by the time of that. */
    private static final class Executor implements Comparable<Executor> {

        private final long started;
        private long next;
        private long lookBegun;
        private int callsLeft;
        private int attempt;
        private int failedLooks;
        private boolean ready;

        Executor(long started, int calls) {
            this.started = started;
            begin(started, calls);
        }

        void begin(long time, int calls) {
            next = time;
            lookBegun = time;
            callsLeft = calls;
            attempt = 1;
        }

        @Override
        public int compareTo(Executor other) {
            return Long.compare(next, other.next);
        }
    }

    /** Runs twelve minutes. */
    public Outcome run() {
        int[] calls = new int[END + 1];
        int[] refused = new int[END + 1];
        long lastReady = 0;
        int ended = 0;
        PriorityQueue<Executor> queue = new PriorityQueue<>();
        for (int i = 0; i < executors; i++) {
            queue.add(new Executor(random.nextInt(startMillis), callsOfALook));
        }
        for (Executor executor = queue.remove(); executor.next < (long) END * SECOND; executor = queue.remove()) {
            long now = executor.next;
            int second = (int) (now / SECOND);
            boolean answered = calls[second] - refused[second] < admitted;
            calls[second]++;
            if (answered && --executor.callsLeft == 0) {
                lastReady = executor.ready ? lastReady : Math.max(lastReady, now);
                executor.ready = true;
                executor.begin(now + lookPause(), callsOfALook);
            } else if (answered) {
                executor.next = now + LATENCY;
                executor.attempt = 1;
            } else {
                refused[second]++;
                ended += refuse(executor, now) ? 0 : 1;
            }
            if (executor.next >= 0) {
                queue.add(executor);
            }
            if (queue.isEmpty()) {
                break;
            }
        }
        return new Outcome(
                busiest(calls, 0, SETTLED),
                sum(refused, SETTLED),
                lastReady / (double) SECOND,
                ended,
                busiest(calls, SETTLED, END));
    }

    /** Plans what an executor does after a refusal; false if it ends. */
    private boolean refuse(Executor executor, long now) {
        long pause = varied(Math.min(2L * SECOND, 100L << Math.min(executor.attempt++ - 1, 10)));
        if (now + pause - executor.lookBegun < DEADLINE) {
            executor.next = now + pause;
            return true;
        }
        if (executor.ready) {
            executor.begin(now + lookPause(), callsOfALook);
            return true;
        }
        long startPause = varied(Math.min(10L * SECOND, 500L << Math.min(executor.failedLooks++, 5)));
        boolean goesOn = now + startPause - executor.started <= START_TIMEOUT;
        executor.begin(goesOn ? now + startPause : -1, callsOfALook);
        return goesOn;
    }

    private long varied(long longest) {
        return pausesVary ? longest / 2 + random.nextInt((int) (longest / 2) + 1) : longest;
    }

    private long lookPause() {
        return pausesVary ? Math.round(LOOK_PAUSE * (0.9 + 0.2 * random.nextDouble())) : LOOK_PAUSE;
    }

    private static int busiest(int[] calls, int from, int to) {
        int most = 0;
        for (int second = from; second < to; second++) {
            most = Math.max(most, calls[second]);
        }
        return most;
    }

    private static int sum(int[] numbers, int to) {
        int sum = 0;
        for (int second = 0; second < to; second++) {
            sum += numbers[second];
        }
        return sum;
    }

    /**
     * Prints the table of the README of the Spark module.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        System.out.println("| 2,000 executors start within | Calls of each | Busiest second | Refused | All ready after"
                + " | Gave up | Busiest second later |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        print("10 s", 10, 1, true);
        print("10 s", 10, 2, true);
        print("10 s", 10, 5, true);
        print("1 s", 1, 2, true);
        print("1 s, no pause varies", 1, 2, false);
        print("1 s", 1, 5, true);
        print("1 s, no pause varies", 1, 5, false);
    }

    private static void print(String start, int seconds, int calls, boolean pausesVary) {
        Outcome outcome = new ExecutorStartSimulation(2_000, seconds, 500, calls, pausesVary, 1).run();
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %,d | %,d | %.1f s | %d | %,d |%n",
                start,
                calls,
                outcome.busiestAtStart(),
                outcome.refused(),
                outcome.lastReady(),
                outcome.ended(),
                outcome.busiestLater());
    }
}
