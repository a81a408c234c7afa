package dev.modelsecrets.examples.benchmarks.runtime;

import dev.modelsecrets.examples.benchmarks.report.Goal;
import dev.modelsecrets.examples.benchmarks.report.Machine;
import dev.modelsecrets.examples.benchmarks.report.Spread;
import dev.modelsecrets.examples.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What running code takes, as tables. */
final class RuntimeReport {

    private static final String OURS = "modelSecrets";

    private static final Map<String, String> TITLES = Map.of(
            "ResolveBenchmark", "Resolving, half from variables and half from files",
            "MountedFilesBenchmark", "Reading a large mount",
            "GetBenchmark", "`get` of every name",
            "ContainsKeyBenchmark", "`containsKey` of every name",
            "IterationBenchmark", "Going over all entries",
            "RefreshBenchmark", "A refresh that finds no change, Kubernetes layout",
            "RedactBenchmark", "Redacting a log of 1 MiB");

    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry(OURS, "Model Secrets"),
            Map.entry("byHand", "by hand"),
            Map.entry("springSources", "Spring's sources"),
            Map.entry("smallRyeSources", "SmallRye's sources"),
            Map.entry("readStringLoop", "loop of Files.readString"),
            Map.entry("springConfigTree", "Spring's configtree"),
            Map.entry("smallRyeFileSystem", "SmallRye's file system source"),
            Map.entry("hashMap", "HashMap"),
            Map.entry("mapCopyOf", "Map.copyOf"),
            Map.entry("resolve", "resolve"),
            Map.entry("stringReplace", "loop of String.replace, the same patterns"),
            Map.entry("stringReplaceOfValues", "loop of String.replace, plain values only"),
            Map.entry("ahoCorasick", "org.ahocorasick, the same patterns"));

    private final int rounds;
    private final Trials trials;
    private final Growth growth;

    RuntimeReport(int rounds, Trials trials, Growth growth) {
        this.rounds = rounds;
        this.trials = trials;
        this.growth = growth;
    }

    String text() {
        StringBuilder text = new StringBuilder("# Running code\n\n")
                .append("JMH, ")
                .append(rounds)
                .append(" rounds with a process for each line, on ")
                .append(Machine.describe())
                .append(", JDK ")
                .append(System.getProperty("java.version"))
                .append(". Times and ratios are medians\nand, in brackets, quartiles of the rounds; a ratio is that of")
                .append(" the same round.\nMade by `mvn -q -Pbenchmark verify`.\n\n## Goals\n\n")
                .append(Goal.table(goals()));
        for (String benchmark : trials.benchmarks()) {
            text.append("\n## ")
                    .append(Objects.requireNonNull(TITLES.get(benchmark), benchmark))
                    .append("\n\n")
                    .append(table(benchmark));
        }
        return text.append("\n## Growth\n\n").append(growth.text()).toString();
    }

    private List<Goal> goals() {
        List<Goal> goals = new ArrayList<>();
        for (String parameters : trials.parameters("MountedFilesBenchmark")) {
            goals.add(Goal.atMost(
                    1,
                    parameters + ": Model Secrets / loop of Files.readString",
                    trials.ratio("MountedFilesBenchmark", OURS, "readStringLoop", parameters)));
        }
        for (String parameters : trials.parameters("GetBenchmark")) {
            goals.add(Goal.atMost(
                    1.05,
                    "get, " + parameters + ": Model Secrets / HashMap",
                    trials.ratio("GetBenchmark", OURS, "hashMap", parameters)));
        }
        for (String parameters : trials.parameters("RefreshBenchmark")) {
            goals.add(Goal.atLeast(
                    50,
                    parameters + ": resolve / unchanged refresh",
                    trials.ratio("RefreshBenchmark", "resolve", OURS, parameters)));
        }
        Map<String, Integer> leastByParameters = Map.of("1 secret", 1, "100 secrets", 20);
        for (String parameters : trials.parameters("RedactBenchmark")) {
            Integer least = leastByParameters.get(parameters);
            if (least != null) {
                goals.add(Goal.atLeast(
                        least,
                        "redacting, " + parameters + ": loop of String.replace, plain values / Model Secrets",
                        trials.ratio("RedactBenchmark", "stringReplaceOfValues", OURS, parameters)));
            }
        }
        goals.addAll(growth.goals());
        return goals;
    }

    private Table table(String benchmark) {
        Table table = new Table("What", "parameters", "time", "/ Model Secrets", "allocated");
        for (String parameters : trials.parameters(benchmark)) {
            for (String method : trials.methods(benchmark)) {
                table.row(
                        labelOf(method),
                        parameters,
                        time(trials.nanos(benchmark, method, parameters)),
                        trials.ratio(benchmark, method, OURS, parameters).text(2),
                        size(trials.bytes(benchmark, method, parameters)));
            }
        }
        return table;
    }

    static String labelOf(String method) {
        return Objects.requireNonNull(LABELS.get(method), method);
    }

    private static String time(Spread nanos) {
        if (nanos.median() >= 1e6) {
            return nanos.times(1e-6).text(1) + " ms";
        }
        return nanos.median() >= 1e3 ? nanos.times(1e-3).text(1) + " µs" : nanos.text(1) + " ns";
    }

    private static String size(double bytes) {
        return bytes >= 1 << 20
                ? String.format(Locale.ROOT, "%.1f MiB", bytes / (1 << 20))
                : String.format(Locale.ROOT, "%,.0f B", bytes);
    }
}
