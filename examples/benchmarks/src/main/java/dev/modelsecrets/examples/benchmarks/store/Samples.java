package dev.modelsecrets.examples.benchmarks.store;

import dev.modelsecrets.examples.benchmarks.report.Spread;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** What something took, on the clock and of the processors, in each round: milliseconds. Used by one thread. */
final class Samples {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<Double> wall = new ArrayList<>();
    private final List<Double> processor = new ArrayList<>();

    /** Adds a round. */
    void add(double wallMillis, double processorMillis) {
        wall.add(wallMillis);
        processor.add(processorMillis);
    }

    /**
     * Measures work of this thread.
     *
     * @param times how often it is done; the mean counts
     */
    void time(int times, Runnable work) {
        long processorStart = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        double millis = (System.nanoTime() - start) / 1e6 / times;
        add(millis, (THREADS.getCurrentThreadCpuTime() - processorStart) / 1e6 / times);
    }

    /** Forgets the rounds so far, which only made the code warm. */
    void clear() {
        wall.clear();
        processor.clear();
    }

    /** Returns milliseconds on the clock. */
    Spread wall() {
        return Spread.of(wall);
    }

    /** Returns the mean of the processor time in milliseconds: the system may count it in steps of ten. */
    double processor() {
        return mean(processor);
    }

    /** Returns how many times as long as the others it took on the clock, round by round. */
    Spread wallRatio(Samples base) {
        return Spread.ofRatios(wall, base.wall);
    }

    /** Returns the ratio of the means of the processor times. */
    double processorRatio(Samples base) {
        return processor() / base.processor();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
