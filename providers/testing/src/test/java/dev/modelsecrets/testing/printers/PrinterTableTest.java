package dev.modelsecrets.testing.printers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.testing.printers.Printers.Printer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which printers show a value of which objects: the table of core's README is made here. */
class PrinterTableTest {

    private static final int PIECE = 6;

    @Test
    void table_ofAllPrintersAndObjects_isTheOneInTheReadme() throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("basedir", ""), "../../core/README.md"));

        assertThat(readme).contains(table());
    }

    /** A row of the table: an object, the printers that show its value alone, and those that do so in a container. */
    private record Row(String object, Set<String> alone, Set<String> contained, int cells) {}

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Map<String, Printer> printers = Printers.all();
        Printed.all().forEach((name, object) -> {
            Row row = new Row(name, new LinkedHashSet<>(), new LinkedHashSet<>(), 0);
            int cells = 0;
            for (Object printed : Printed.inContainers(object)) {
                for (Map.Entry<String, Printer> printer : printers.entrySet()) {
                    if (holdsAPiece(print(printer.getValue(), printed))) {
                        cells++;
                        (printed.equals(object) ? row.alone : row.contained).add(printer.getKey());
                    }
                }
            }
            rows.add(new Row(name, row.alone, row.contained, cells));
        });
        return rows;
    }

    /** Returns the table as Markdown, with the printers that show a value. */
    private static String table() {
        List<Row> rows = rows();
        StringBuilder table = new StringBuilder(
                "| what is printed | alone, shown by | in a list, map or record, also by |\n|---|---|---|\n");
        for (Row row : rows) {
            if (row.cells > 0) {
                row.contained.removeAll(row.alone);
                table.append("| ")
                        .append(row.object)
                        .append(" | ")
                        .append(String.join(", ", row.alone))
                        .append(" | ")
                        .append(String.join(", ", row.contained))
                        .append(" |\n");
            }
        }
        int all = rows.size() * Printers.all().size() * Printed.inContainers("").size();
        return table.append("\n")
                .append(rows.stream().mapToInt(Row::cells).sum())
                .append(" of ")
                .append(all)
                .append(" cells.")
                .toString();
    }

    private static String print(Printer printer, Object object) {
        try {
            return printer.print(object);
        } catch (Exception | Error refusal) {
            return String.valueOf(refusal.getMessage());
        }
    }

    private static boolean holdsAPiece(String text) {
        for (int i = 0; i + PIECE <= Printed.SENTINEL.length(); i++) {
            if (text.contains(Printed.SENTINEL.substring(i, i + PIECE))) {
                return true;
            }
        }
        return false;
    }

    /** Prints the table, for the README. */
    public static void main(String[] arguments) {
        System.out.println(table());
    }
}
