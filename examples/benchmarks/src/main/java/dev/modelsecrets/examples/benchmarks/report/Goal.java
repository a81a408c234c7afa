package dev.modelsecrets.examples.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * A ratio that the library is to keep, and the one that was measured.
 *
 * @param subject what is compared with what
 * @param limit the words and number of the goal
 * @param measured the ratio
 * @param met whether the median keeps the goal
 */
public record Goal(String subject, String limit, Spread measured, boolean met) {

    /** Creates a goal for something that should be small. */
    public static Goal atMost(double limit, String subject, Spread measured) {
        return new Goal(subject, "at most " + number(limit), measured, measured.median() <= limit);
    }

    /** Creates a goal for something that should be large. */
    public static Goal atLeast(double limit, String subject, Spread measured) {
        return new Goal(subject, "at least " + number(limit), measured, measured.median() >= limit);
    }

    /** Returns a table of goals. */
    public static Table table(List<Goal> goals) {
        Table table = new Table("Ratio", "goal", "measured", "");
        for (Goal goal : goals) {
            table.row(goal.subject, goal.limit, goal.measured.text(2), goal.met ? "met" : "missed");
        }
        return table;
    }

    private static String number(double limit) {
        return limit == Math.rint(limit) ? String.format(Locale.ROOT, "%.0f", limit) : Double.toString(limit);
    }
}
