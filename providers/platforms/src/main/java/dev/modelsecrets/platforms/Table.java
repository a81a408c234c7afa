package dev.modelsecrets.platforms;

import java.util.List;

/** Lines in three columns below a heading. */
final class Table {

    /** One line. */
    record Row(String name, String word, String note) {}

    private Table() {}

    static String of(String heading, List<Row> rows) {
        int names = width(rows.stream().map(Row::name).toList());
        int words = width(rows.stream().map(Row::word).toList());
        StringBuilder table = new StringBuilder(heading);
        for (Row row : rows) {
            String line = pad(row.name(), names) + "  " + pad(row.word(), words) + "  " + row.note();
            table.append("\n  ").append(line.stripTrailing());
        }
        return table.toString();
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
