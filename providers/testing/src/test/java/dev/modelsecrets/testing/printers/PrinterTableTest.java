package dev.modelsecrets.testing.printers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.testing.printers.Printers.Printer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which printers show a value of which objects: the table of core's README is made here. */
class PrinterTableTest {

    private static final int PIECE = 6;

    /** What keeps a cell in the table: each is a printer that walks a map or a collection by itself. */
    private static final int CELLS_THAT_A_MAP_CANNOT_PREVENT = 999;

    @Test
    void table_ofAllPrintersAndObjects_isTheOneInTheReadme() throws IOException {
        Map<String, List<String>> leaks = leaks();

        String readme = Files.readString(Path.of(System.getProperty("basedir", ""), "../../core/README.md"));
        assertThat(readme).contains(table(leaks));
        assertThat(leaks.values().stream().mapToInt(List::size).sum())
                .isLessThanOrEqualTo(CELLS_THAT_A_MAP_CANNOT_PREVENT);
    }

    /** Returns for each object the printers that show its value. */
    static Map<String, List<String>> leaks() {
        Map<String, List<String>> leaks = new LinkedHashMap<>();
        Map<String, Printer> printers = Printers.all();
        Printed.all().forEach((name, object) -> {
            List<String> leaking = new ArrayList<>();
            printers.forEach((printerName, printer) -> {
                if (holdsAPiece(print(printer, object))) {
                    leaking.add(printerName);
                }
            });
            if (!leaking.isEmpty()) {
                leaks.put(name, leaking);
            }
        });
        return leaks;
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

    static String table(Map<String, List<String>> leaks) {
        StringBuilder table = new StringBuilder("| what is printed | shown by |\n|---|---|\n");
        leaks.forEach((name, printers) -> table.append("| ")
                .append(name)
                .append(" | ")
                .append(String.join(", ", printers))
                .append(" |\n"));
        return table.toString();
    }

    public static void main(String[] arguments) {
        Map<String, List<String>> leaks = leaks();
        System.out.println(table(leaks));
        System.out.println(leaks.values().stream().mapToInt(List::size).sum() + " of "
                + Printed.all().size() * Printers.all().size());
    }
}
