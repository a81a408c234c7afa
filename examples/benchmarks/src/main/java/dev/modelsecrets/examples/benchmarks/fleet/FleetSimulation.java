package dev.modelsecrets.examples.benchmarks.fleet;

import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Replicas that start in the same second and refresh at an interval, against a store that admits some calls a second.
 *
 * <p>A refused call is tried again as the remote providers do: after a pause that doubles from 100 ms to 2 s, between
 * its half and its whole, until the deadline of 10 s; then the replica waits for its next look. Times are simulated.
 */
public final class FleetSimulation {

    private static final int SECOND = 1_000;
    private static final int DEADLINE = 10 * SECOND;

    private final Random random;
    private final int replicas;
    private final int interval;
    private final int admitted;
    private final double jitter;
    private final boolean retriesVary;

    /**
     * Describes a fleet.
     *
     * @param replicas how many there are
     * @param intervalSeconds the pause between two looks of a replica
     * @param admitted how many calls a second the store answers
     * @param jitter how much the pause varies each way, such as 0.1
     * @param retriesVary whether the pause before a retry varies as well
     * @param seed makes two runs alike
     */
    public FleetSimulation(
            int replicas, int intervalSeconds, int admitted, double jitter, boolean retriesVary, long seed) {
        this.replicas = replicas;
        this.interval = intervalSeconds * SECOND;
        this.admitted = admitted;
        this.jitter = jitter;
        this.retriesVary = retriesVary;
        this.random = new Random(seed);
    }

    /**
     * What came of it.
     *
     * @param busiestSecond the most calls in one second, of the last five minutes before the outage
     * @param busiestAfter the most calls in one second, of the five minutes after the outage
     * @param failedLooks how many looks of a hundred failed in that time
     * @param echoSeconds how long after the outage the store still refused a call; 0 if it did not
     */
    public record Outcome(int busiestSecond, int busiestAfter, double failedLooks, int echoSeconds) {}

    private record Call(long time, long begun, int attempt) {}

    /** Runs 20 minutes, an outage of a minute, and 20 minutes. */
    public Outcome run() {
        int outage = 20 * 60;
        int end = 41 * 60;
        int[] calls = new int[end + 1];
        int[] refused = new int[end + 1];
        int looks = 0;
        int failures = 0;
        PriorityQueue<Call> next = new PriorityQueue<>((a, b) -> Long.compare(a.time, b.time));
        for (int i = 0; i < replicas; i++) {
            long start = random.nextInt(SECOND);
            next.add(new Call(start, start, 1));
        }
        for (Call call = next.remove(); call.time < (long) end * SECOND; call = next.remove()) {
            int second = (int) (call.time / SECOND);
            boolean down = second >= outage && second < outage + 60;
            boolean measured = second >= outage - 300 && second < outage;
            boolean answered = !down && calls[second] - refused[second] < admitted;
            calls[second]++;
            long pause = backOff(call.attempt);
            boolean givesUp = !answered && call.time + pause - call.begun >= DEADLINE;
            if (measured && (answered || givesUp)) {
                looks++;
                failures += givesUp ? 1 : 0;
            }
            if (!answered) {
                refused[second]++;
            }
            if (answered || givesUp) {
                long look = call.time + varied(interval);
                next.add(new Call(look, look, 1));
            } else {
                next.add(new Call(call.time + pause, call.begun, call.attempt + 1));
            }
        }
        int over = outage + 60;
        return new Outcome(
                busiest(calls, outage - 300, outage),
                busiest(calls, over, over + 300),
                100.0 * failures / looks,
                echo(refused, over, end));
    }

    private long varied(long pause) {
        return Math.round(pause * (1 + jitter * (2 * random.nextDouble() - 1)));
    }

    private long backOff(int attempt) {
        long longest = Math.min(2L * SECOND, 100L << Math.min(attempt - 1, 10));
        return retriesVary ? longest / 2 + random.nextInt((int) (longest / 2)) : longest;
    }

    private static int busiest(int[] calls, int from, int to) {
        int most = 0;
        for (int second = from; second < to; second++) {
            most = Math.max(most, calls[second]);
        }
        return most;
    }

    private static int echo(int[] refused, int from, int to) {
        int last = from;
        for (int second = from; second < to; second++) {
            last = refused[second] > 0 ? second + 1 : last;
        }
        return last - from;
    }

    /**
     * Prints the table of the README.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        System.out.println("| Pause between looks | Calls in the busiest second | After an outage of 60 s"
                + " | Failed looks | Refusals after the outage |");
        System.out.println("| --- | --- | --- | --- | --- |");
        print("30 s, retries as long as each other", 0, false);
        print("30 s, retries that vary", 0, true);
        print("30 s, a tenth each way, retries that vary", 0.1, true);
    }

    private static void print(String pause, double jitter, boolean retriesVary) {
        Outcome outcome = new FleetSimulation(10_000, 30, 500, jitter, retriesVary, 1).run();
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %,d | %.1f %% | %s |%n",
                pause,
                outcome.busiestSecond(),
                outcome.busiestAfter(),
                outcome.failedLooks(),
                outcome.echoSeconds() >= 20 * 60 ? "to the end (20 min)" : "for " + outcome.echoSeconds() + " s");
    }
}
