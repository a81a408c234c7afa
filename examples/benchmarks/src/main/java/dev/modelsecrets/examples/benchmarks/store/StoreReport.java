package dev.modelsecrets.examples.benchmarks.store;

import dev.modelsecrets.examples.benchmarks.report.Goal;
import dev.modelsecrets.examples.benchmarks.report.Machine;
import dev.modelsecrets.examples.benchmarks.report.Spread;
import dev.modelsecrets.examples.benchmarks.report.Table;
import dev.modelsecrets.examples.benchmarks.startup.Jdk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the stores took, as tables. */
final class StoreReport {

    private final int rounds;
    private final int count;
    private final List<Goal> goals = new ArrayList<>();
    private final StringBuilder tables = new StringBuilder();

    StoreReport(int rounds, int count) {
        this.rounds = rounds;
        this.count = count;
    }

    void add(SideBySide stores) {
        goal(stores, Task.BULK, 1);
        goal(stores, Task.CREATE, 5);
        goal(stores, Task.RESOLVE, 1);
        goals.add(Goal.atMost(
                25,
                Task.CREATE_LARGE.words + ": Model Secrets, ms",
                stores.samples(SideBySide.MODEL_SECRETS, Task.CREATE_LARGE).wall()));
        tables.append("\n## Side by side\n");
        for (Task task : Task.values()) {
            Samples base = stores.samples(SideBySide.SQLITE, task);
            Table table = new Table("Store", "wall, ms", "/ SQLite", "processor, ms", "/ SQLite, processor");
            for (String name : SideBySide.openers().keySet()) {
                Samples samples = stores.samples(name, task);
                table.row(
                        name,
                        samples.wall().text(3),
                        samples.wallRatio(base).text(2),
                        number(3, samples.processor()),
                        number(2, samples.processorRatio(base)));
            }
            String title = task.words.substring(0, 1).toUpperCase(Locale.ROOT) + task.words.substring(1);
            tables.append('\n').append(title).append(":\n\n").append(table);
        }
    }

    private void goal(SideBySide stores, Task task, double limit) {
        Samples own = stores.samples(SideBySide.MODEL_SECRETS, task);
        goals.add(Goal.atMost(
                limit,
                task.words + ": Model Secrets / SQLite",
                own.wallRatio(stores.samples(SideBySide.SQLITE, task))));
    }

    void add(Refreshes refreshes) {
        goals.add(Goal.atMost(
                100,
                "unchanged refresh of 100 names, µs",
                refreshes.samples.wall().times(1_000)));
    }

    void add(Passwords passwords) {
        Table table = new Table("What", "wall, ms", "/ a derivation");
        row(table, "one derivation with the JDK", passwords.derivation, passwords);
        for (Passwords.Sized sized : passwords.sizes) {
            String size = String.format(Locale.ROOT, "%,d secrets", sized.count);
            row(table, size + ", right password", sized.right, passwords);
            row(table, size + ", wrong password", sized.wrong, passwords);
            goals.add(Goal.atMost(1.5, size + ": wrong password / right password", sized.wrong.wallRatio(sized.right)));
        }
        row(table, "changing the password", passwords.change, passwords);
        row(table, "longest resolve of a reader meanwhile", passwords.stall, passwords);
        goals.add(Goal.atMost(
                1,
                "longest resolve while the password changes / a derivation",
                passwords.stall.wallRatio(passwords.derivation)));
        tables.append("\n## Passwords\n\n").append(table);
    }

    private static void row(Table table, String what, Samples samples, Passwords passwords) {
        Spread ratio = samples.wallRatio(passwords.derivation);
        table.row(what, samples.wall().text(1), ratio.text(2));
    }

    void add(Jdk jdk, List<ColdProgram> programs) {
        Samples hello = find(programs, ColdProgram.HELLO);
        Samples floor = find(programs, ColdProgram.FLOOR);
        Table table = new Table("Program", "wall, ms", "/ hello", "/ the JDK's", "processor, ms", "/ hello, processor");
        for (ColdProgram program : programs) {
            Samples samples = program.samples;
            table.row(
                    program.name,
                    samples.wall().text(1),
                    samples.wallRatio(hello).text(2),
                    samples.wallRatio(floor).text(2),
                    number(0, samples.processor()),
                    number(2, samples.processorRatio(hello)));
        }
        tables.append("\n## Cold process that resolves 10 names, JDK ")
                .append(jdk.version())
                .append("\n\n")
                .append(table);
        Samples own = find(programs, SideBySide.MODEL_SECRETS);
        String subject = "JDK " + jdk.feature() + ", cold process, 10 names: Model Secrets / ";
        goals.add(Goal.atMost(2.5, subject + "hello", own.wallRatio(hello)));
    }

    private static Samples find(List<ColdProgram> programs, String name) {
        for (ColdProgram program : programs) {
            if (program.name.equals(name)) {
                return program.samples;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static String number(int decimals, double value) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    String text() {
        return "# The encrypted store\n\n"
                + "Stores that take turns, " + rounds + " rounds, on " + Machine.describe() + ", JDK "
                + System.getProperty("java.version") + ". Wall-clock times are medians and, in\nbrackets, quartiles;"
                + " a ratio is that of neighbours within a round; processor times are means, in one process those\n"
                + "of the working thread. Quartiles far apart mean a busy machine: compare the processor times then.\n"
                + "Made by `mvn -q -Pbenchmark-store verify`.\n\n"
                + "All keep the same values of 40 characters, encrypted with AES-256-GCM under a key file, and force"
                + " every change to the\ndisk. SQLite has `synchronous=FULL`, the default journal, kept statements and"
                + " one `SELECT` for ten names; MVStore commits\nand syncs. The program \"" + ColdProgram.FLOOR
                + "\" verifies an HMAC over the file of "
                + String.format(Locale.ROOT, "%,d", count) + " secrets,\ndecrypts ten values, and does nothing else."
                + "\n\n## Goals\n\n"
                + Goal.table(goals)
                + tables;
    }
}
