package dev.modelsecrets.examples.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table, aligned so that it can be read as plain text too; not thread-safe. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Starts a table.
     *
     * @param heads the titles of the columns
     */
    public Table(String... heads) {
        rows.add(List.of(heads));
    }

    /**
     * Adds a row.
     *
     * @param cells as many as there are columns
     * @return this table
     */
    public Table row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells for " + rows.get(0).size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Returns the first column aligned to the left and the others to the right, as numbers are. */
    @Override
    public String toString() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                text.append("| ")
                        .append(i == 0 ? row.get(i) + padding : padding + row.get(i))
                        .append(' ');
            }
            text.append("|\n");
            if (row == rows.get(0)) {
                for (int i = 0; i < widths.length; i++) {
                    String padding = " ".repeat(widths[i] - 3);
                    text.append("| ")
                            .append(i == 0 ? "---" + padding : padding + "--:")
                            .append(' ');
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(Math.max(widths[i], 3), row.get(i).length());
            }
        }
        return widths;
    }
}
