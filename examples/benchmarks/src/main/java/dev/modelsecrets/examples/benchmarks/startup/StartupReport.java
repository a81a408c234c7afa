package dev.modelsecrets.examples.benchmarks.startup;

import dev.modelsecrets.examples.benchmarks.report.BarChart;
import dev.modelsecrets.examples.benchmarks.report.Goal;
import dev.modelsecrets.examples.benchmarks.report.Machine;
import dev.modelsecrets.examples.benchmarks.report.Spread;
import dev.modelsecrets.examples.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the programs took, as tables and as a chart. */
final class StartupReport {

    private final int rounds;
    private final Map<Jdk, List<Candidate>> candidates = new LinkedHashMap<>();

    StartupReport(int rounds) {
        this.rounds = rounds;
    }

    void add(Jdk jdk, List<Candidate> measured) {
        candidates.put(jdk, measured);
    }

    String text() {
        StringBuilder text = new StringBuilder("# Cold start of whole processes\n\n")
                .append("Programs that take turns, ")
                .append(rounds)
                .append(" rounds, on ")
                .append(Machine.describe())
                .append(". Wall-clock times and memory are medians\nand, in brackets, quartiles; a ratio is that of")
                .append(" neighbours within a round; processor times are means, in steps of 10 ms each.\n")
                .append("Made by `mvn -q -Pbenchmark-startup verify`.\n\n## Goals\n");
        candidates.forEach((jdk, measured) ->
                text.append("\nJDK ").append(jdk.version()).append(":\n\n").append(Goal.table(goals(measured))));
        candidates.forEach((jdk, measured) -> {
            for (Scenario scenario : Scenario.values()) {
                text.append("\n## JDK ").append(jdk.feature()).append(", ");
                text.append(scenario.id)
                        .append(": ")
                        .append(scenario.description)
                        .append("\n\n");
                text.append(table(measured, scenario, jdk));
            }
        });
        return text.append("\n## Jars\n\n").append(Sizes.table()).toString();
    }

    private static List<Goal> goals(List<Candidate> measured) {
        List<Goal> goals = new ArrayList<>();
        Candidate code = find(measured, Program.MODEL_SECRETS, Scenario.CODE);
        goals.add(Goal.atMost(1.35, "a: Model Secrets / hello", code.wallRatio(find(measured, "hello", null))));
        goals.add(Goal.atMost(
                1.15, "a: Model Secrets / by hand", code.wallRatio(find(measured, Program.BY_HAND, Scenario.CODE))));
        Candidate config = find(measured, Program.MODEL_SECRETS, Scenario.CONFIG);
        goals.add(Goal.atMost(
                0.72,
                "b: Model Secrets / by hand with Jackson",
                config.wallRatio(find(measured, Program.BY_HAND, Scenario.CONFIG))));
        goals.add(Goal.atLeast(
                2,
                "b: SmallRye Config / Model Secrets",
                find(measured, Program.SMALLRYE, Scenario.CONFIG).wallRatio(config)));
        goals.add(Goal.atLeast(
                4,
                "b: Spring Boot / Model Secrets",
                find(measured, Program.SPRING_BOOT, Scenario.CONFIG).wallRatio(config)));
        return goals;
    }

    private static Table table(List<Candidate> measured, Scenario scenario, Jdk jdk) {
        Candidate hello = find(measured, "hello", null);
        Candidate floor = find(measured, Program.BY_HAND, scenario);
        Table table = new Table("Program", "wall, ms", "/ hello", "/ by hand", "processor, ms", "peak memory, MiB");
        for (Candidate candidate : measured) {
            Program program = candidate.program();
            if (program.scenario() == null || program.scenario() == scenario) {
                table.row(
                        program.name() + (candidate.isArchived() ? ", " + jdk.archiveName() : ""),
                        candidate.wall().text(1),
                        candidate.wallRatio(hello).text(2),
                        candidate.wallRatio(floor).text(2),
                        String.format(Locale.ROOT, "%.0f", candidate.processor()),
                        candidate.memory().text(1));
            }
        }
        return table;
    }

    /** Returns a chart of wall-clock times, each as a multiple of hello on the same JDK. */
    String chart() {
        List<String> series = new ArrayList<>();
        candidates.keySet().forEach(jdk -> series.add("JDK " + jdk.feature()));
        BarChart chart = new BarChart("Cold start: wall-clock time as a multiple of a JVM that says hello", series);
        for (Scenario scenario : Scenario.values()) {
            chart.group(scenario.id + ": " + scenario.description);
            for (Program program : Program.all()) {
                if (program.scenario() == scenario) {
                    chart.row(program.name(), program.name().equals(Program.MODEL_SECRETS), ratios(program));
                }
            }
        }
        return chart.svg();
    }

    private List<Spread> ratios(Program program) {
        List<Spread> ratios = new ArrayList<>();
        for (List<Candidate> measured : candidates.values()) {
            ratios.add(find(measured, program.name(), program.scenario()).wallRatio(find(measured, "hello", null)));
        }
        return ratios;
    }

    private static Candidate find(List<Candidate> measured, String name, @Nullable Scenario scenario) {
        for (Candidate candidate : measured) {
            Program program = candidate.program();
            if (!candidate.isArchived() && program.name().equals(name) && program.scenario() == scenario) {
                return candidate;
            }
        }
        throw new IllegalArgumentException(name + " was not measured");
    }
}
