package dev.modelsecrets.examples.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A chart of horizontal bars as SVG, with a thin line from quartile to quartile; legible on light and on dark pages.
 * Not thread-safe.
 */
public final class BarChart {

    private static final int WIDTH = 860;
    private static final int LABELS = 210;
    private static final int PLOT = 560;
    private static final int BAR = 13;
    private static final int GAP = 9;

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #1f2328; }
              .title { font-weight: 600; font-size: 15px; }
              .group, .own { font-weight: 600; }
              .bar0 { fill: #8c959f; } .bar1 { fill: #afb8c1; } .bar2 { fill: #d0d7de; }
              .own0 { fill: #0969da; } .own1 { fill: #54a3ff; } .own2 { fill: #80ccff; }
              .spread { stroke: #1f2328; stroke-width: 1.5; }
              .one { stroke: #1f2328; stroke-dasharray: 2 3; }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3; }
                .bar0 { fill: #6e7681; } .bar1 { fill: #8b949e; } .bar2 { fill: #b1bac4; }
                .own0 { fill: #1f6feb; } .own1 { fill: #58a6ff; } .own2 { fill: #a5d6ff; }
                .spread, .one { stroke: #e6edf3; }
              }
            </style>
            """;

    private final String title;
    private final List<String> series;
    private final List<Row> rows = new ArrayList<>();

    /** A line of the chart: the title of a group has no values. */
    private record Row(String label, boolean own, List<Spread> values) {}

    /**
     * Starts a chart.
     *
     * @param title what the bars stand for
     * @param series the names of the bars that each row has
     */
    public BarChart(String title, List<String> series) {
        this.title = title;
        this.series = List.copyOf(series);
    }

    /** Starts a group of rows. */
    public void group(String label) {
        rows.add(new Row(label, false, List.of()));
    }

    /**
     * Adds a row to the group.
     *
     * @param label what was measured
     * @param own whether it stands out, as the subject of the comparison
     * @param values one a series
     */
    public void row(String label, boolean own, List<Spread> values) {
        rows.add(new Row(label, own, List.copyOf(values)));
    }

    /** Returns the chart; its title and its description are for those who hear it. */
    public String svg() {
        StringBuilder body = new StringBuilder();
        double scale = PLOT / longest();
        int y = 30;
        body.append(text(10, 22, "title", title));
        y += legend(body, y);
        for (Row row : rows) {
            if (row.values.isEmpty()) {
                y += 2 * GAP;
                body.append(text(10, y + BAR, "group", row.label));
                y += BAR + GAP;
            } else {
                y = bars(body, row, y, scale);
            }
        }
        int height = y + GAP;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + height + "\" width=\"" + WIDTH
                + "\" height=\"" + height + "\" role=\"img\" aria-labelledby=\"title description\">\n"
                + "<title id=\"title\">" + escape(title) + "</title>\n"
                + "<desc id=\"description\">" + escape(description()) + "</desc>\n"
                + STYLE + body + "</svg>\n";
    }

    private int legend(StringBuilder body, int y) {
        int x = 10;
        for (int i = 0; i < series.size(); i++) {
            body.append(rectangle("own" + shade(i), x, y + 2, BAR, BAR));
            body.append(rectangle("bar" + shade(i), x + BAR, y + 2, BAR, BAR));
            body.append(text(x + 2 * BAR + 5, y + BAR, "legend", series.get(i)));
            x += 110;
        }
        return BAR + GAP;
    }

    private int bars(StringBuilder body, Row row, int top, double scale) {
        int y = top;
        String kind = row.own ? "own" : "bar";
        int height = BAR * row.values.size();
        body.append(text(10, y + height / 2 + 5, row.own ? "own" : "label", row.label));
        for (int i = 0; i < row.values.size(); i++) {
            Spread value = row.values.get(i);
            body.append(rectangle(kind + shade(i), LABELS, y, value.median() * scale, BAR - 1));
            body.append(line("spread", LABELS + value.lower() * scale, LABELS + value.upper() * scale, y + BAR / 2.0));
            body.append(text(
                    (int) (LABELS + value.upper() * scale) + 6,
                    y + BAR - 2,
                    row.own ? "own" : "value",
                    number(value.median())));
            y += BAR;
        }
        return y + GAP;
    }

    private double longest() {
        double longest = 1;
        for (Row row : rows) {
            for (Spread value : row.values) {
                longest = Math.max(longest, value.upper());
            }
        }
        return longest;
    }

    private String description() {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            text.append(row.label).append(": ");
            for (int i = 0; i < row.values.size(); i++) {
                text.append(series.get(i))
                        .append(' ')
                        .append(number(row.values.get(i).median()));
                text.append(i + 1 < row.values.size() ? ", " : "; ");
            }
        }
        return text.toString().strip();
    }

    private static int shade(int series) {
        return Math.min(series, 2);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String text(int x, int y, String style, String text) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" class=\"" + style + "\">" + escape(text) + "</text>\n";
    }

    private static String rectangle(String style, double x, double y, double width, double height) {
        return "<rect class=\"" + style + "\" x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width)
                + "\" height=\"" + number(height) + "\"/>\n";
    }

    private static String line(String style, double from, double to, double y) {
        return "<line class=\"" + style + "\" x1=\"" + number(from) + "\" x2=\"" + number(to) + "\" y1=\"" + number(y)
                + "\" y2=\"" + number(y) + "\"/>\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
