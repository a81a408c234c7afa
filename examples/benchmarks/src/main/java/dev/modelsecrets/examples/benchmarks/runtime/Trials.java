package dev.modelsecrets.examples.benchmarks.runtime;

import dev.modelsecrets.examples.benchmarks.report.Spread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;

/** The results of all rounds: of each method of each benchmark, with each of its parameters. */
final class Trials {

    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private final Map<Key, List<Double>> nanos = new LinkedHashMap<>();
    private final Map<Key, Double> bytes = new LinkedHashMap<>();

    /** One method with its parameters, such as {@code {names=4}}. */
    private record Key(String benchmark, String method, String parameters) {}

    /** Adds one round; the parameters of a kind have the same order in all. */
    void add(Collection<RunResult> round) {
        for (RunResult run : round) {
            String[] name = run.getParams().getBenchmark().split("\\.", -1);
            Map<String, String> parameters = new TreeMap<>();
            run.getParams()
                    .getParamsKeys()
                    .forEach(key -> parameters.put(key, run.getParams().getParam(key)));
            Key key = new Key(name[name.length - 2], name[name.length - 1], describe(parameters));
            nanos.computeIfAbsent(key, k -> new ArrayList<>())
                    .add(run.getPrimaryResult().getScore());
            run.getSecondaryResults().forEach((label, result) -> {
                if (label.endsWith(ALLOCATION)) {
                    bytes.put(key, result.getScore());
                }
            });
        }
    }

    /** Returns parameters as words, such as {@code 1,000 names}. */
    private static String describe(Map<String, String> parameters) {
        List<String> words = new ArrayList<>();
        parameters.forEach((name, value) -> {
            if (!value.chars().allMatch(Character::isDigit)) {
                words.add(value);
            } else if (value.equals("1")) {
                words.add("1 " + name.substring(0, name.length() - 1));
            } else {
                words.add(String.format(Locale.ROOT, "%,d ", Integer.valueOf(value)) + name);
            }
        });
        return String.join(", ", words);
    }

    Set<String> benchmarks() {
        Set<String> benchmarks = new LinkedHashSet<>();
        nanos.keySet().forEach(key -> benchmarks.add(key.benchmark));
        return benchmarks;
    }

    Set<String> parameters(String benchmark) {
        return select(benchmark, false);
    }

    Set<String> methods(String benchmark) {
        return select(benchmark, true);
    }

    private Set<String> select(String benchmark, boolean methods) {
        Set<String> found = new LinkedHashSet<>();
        for (Key key : nanos.keySet()) {
            if (key.benchmark.equals(benchmark)) {
                found.add(methods ? key.method : key.parameters);
            }
        }
        return found;
    }

    Spread nanos(String benchmark, String method, String parameters) {
        return Spread.of(rounds(benchmark, method, parameters));
    }

    /** Returns how many times as long as another method one takes, of neighbours in each round. */
    Spread ratio(String benchmark, String method, String base, String parameters) {
        return Spread.ofRatios(rounds(benchmark, method, parameters), rounds(benchmark, base, parameters));
    }

    private List<Double> rounds(String benchmark, String method, String parameters) {
        List<Double> rounds = nanos.get(new Key(benchmark, method, parameters));
        if (rounds == null) {
            throw new IllegalArgumentException(benchmark + "." + method + " was not run with " + parameters);
        }
        return rounds;
    }

    /** Returns how many bytes a call allocates; NaN if nobody counted. */
    double bytes(String benchmark, String method, String parameters) {
        return bytes.getOrDefault(new Key(benchmark, method, parameters), Double.NaN);
    }
}
