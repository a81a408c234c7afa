package dev.modelsecrets.examples.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The middle of many measurements: half of them lie between the quartiles.
 *
 * @param lower the lower quartile
 * @param median the median
 * @param upper the upper quartile
 */
public record Spread(double lower, double median, double upper) {

    /**
     * Returns the spread of measurements.
     *
     * @param values at least one, in any order
     */
    public static Spread of(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Spread(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    }

    /**
     * Returns the spread of the ratios of measurements that were taken in turn, each with its neighbour.
     *
     * @param values one a round
     * @param bases as many, of the same rounds
     */
    public static Spread ofRatios(List<Double> values, List<Double> bases) {
        Double[] ratios = new Double[values.size()];
        Arrays.setAll(ratios, i -> values.get(i) / bases.get(i));
        return of(Arrays.asList(ratios));
    }

    /** Returns the same in another unit. */
    public Spread times(double factor) {
        return new Spread(lower * factor, median * factor, upper * factor);
    }

    private static double quantile(double[] sorted, double part) {
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** Returns the median and, in brackets, the quartiles. */
    public String text(int decimals) {
        String format = "%." + decimals + "f";
        return String.format(Locale.ROOT, format + " (" + format + " to " + format + ")", median, lower, upper);
    }
}
