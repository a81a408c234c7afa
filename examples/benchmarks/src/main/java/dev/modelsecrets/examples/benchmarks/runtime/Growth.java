package dev.modelsecrets.examples.benchmarks.runtime;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.examples.benchmarks.report.Goal;
import dev.modelsecrets.examples.benchmarks.report.Spread;
import dev.modelsecrets.examples.benchmarks.report.Table;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Time and retained memory for each name, as the number of names grows. */
final class Growth {

    private static final int ROUNDS = 15;

    /** From here on a name must not cost more: below, what is there once counts. */
    private static final int MANY = 1_000;

    private final List<Row> rows = new ArrayList<>();

    /** Nanoseconds and bytes for each of so many names. */
    private record Row(
            int names, Spread inMemory, Spread environment, Spread byHand, double bytes, double linkedHashMapBytes) {}

    private Growth() {}

    /**
     * Measures 1 name, 10 and so on.
     *
     * @param most where to stop
     */
    static Growth measure(int most) {
        Growth growth = new Growth();
        for (int names = 1; names <= most; names *= 10) {
            growth.rows.add(row(names, most));
        }
        return growth;
    }

    private static Row row(int names, int most) {
        Map<String, String> secrets = Fixture.secrets(names);
        Map<String, String> environment = new HashMap<>();
        secrets.forEach((name, value) -> environment.put("TRUSS_SECRET_" + name, value));
        SecretDeclarations declarations = SecretDeclarations.of(secrets.keySet().toArray(new String[0]));
        SecretsResolver inMemory = SecretsResolver.of(SecretProvider.of("in memory", secrets));
        SecretsResolver variables = SecretsResolver.of(EnvironmentSecretProvider.of(environment));
        List<Supplier<Map<String, String>>> works = List.of(
                () -> inMemory.resolve(declarations),
                () -> variables.resolve(declarations),
                () -> byHand(declarations, environment));
        List<Spread> times = times(works, names, most);
        int copies = Math.max(1, most / names);
        return new Row(
                names,
                times.get(0),
                times.get(1),
                times.get(2),
                retained(() -> resolved(names), copies) / names,
                retained(() -> new LinkedHashMap<>(Fixture.secrets(names)), copies) / names);
    }

    private static Map<String, String> byHand(SecretDeclarations declarations, Map<String, String> environment) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : declarations.names()) {
            values.put(name, environment.getOrDefault("TRUSS_SECRET_" + name, ""));
        }
        return values;
    }

    /** Resolves names and values that nobody else keeps. */
    private static Map<String, String> resolved(int names) {
        Map<String, String> secrets = Fixture.secrets(names);
        return SecretsResolver.of(SecretProvider.of("in memory", secrets))
                .resolve(secrets.keySet().toArray(new String[0]));
    }

    /** Returns the nanoseconds a name of works that take turns; few names are resolved often enough to be seen. */
    private static List<Spread> times(List<Supplier<Map<String, String>>> works, int names, int most) {
        int repeats = Math.max(1, most / names);
        List<List<Double>> times = new ArrayList<>();
        works.forEach(work -> times.add(new ArrayList<>()));
        long resolved = 0;
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            for (int i = 0; i < works.size(); i++) {
                long start = System.nanoTime();
                for (int repeat = 0; repeat < repeats; repeat++) {
                    resolved += works.get(i).get().size();
                }
                double nanos = System.nanoTime() - start;
                if (round >= 0) {
                    times.get(i).add(nanos / repeats / names);
                }
            }
        }
        if (resolved != 2L * ROUNDS * repeats * works.size() * names) {
            throw new IllegalStateException("not all names were resolved");
        }
        return times.stream().map(Spread::of).toList();
    }

    /** Returns the bytes that one object keeps on the heap, from so many of them. */
    private static double retained(Supplier<Map<String, String>> maker, int copies) {
        Object[] kept = new Object[copies];
        try {
            kept[0] = maker.get();
            kept[0] = null;
            long before = usedBytes();
            Arrays.setAll(kept, i -> maker.get());
            return (double) (usedBytes() - before) / copies;
        } finally {
            Reference.reachabilityFence(kept);
        }
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    List<Goal> goals() {
        Row last = rows.get(rows.size() - 1);
        List<Goal> goals = new ArrayList<>();
        for (Row row : rows) {
            if (row.names == MANY && last.names > MANY) {
                goals.add(linear("in memory", last.names, last.inMemory, row.inMemory));
                goals.add(linear("environment", last.names, last.environment, row.environment));
            }
        }
        for (Row row : rows) {
            double ratio = row.bytes / row.linkedHashMapBytes;
            goals.add(Goal.atMost(
                    1.2,
                    "memory of " + count(row.names) + ": Secrets / LinkedHashMap",
                    new Spread(ratio, ratio, ratio)));
        }
        return goals;
    }

    /** Linear means that a name takes the same time; caches of processors allow for twice. */
    private static Goal linear(String provider, int names, Spread many, Spread few) {
        return Goal.atMost(
                2.5,
                "time a name, " + provider + ": of " + count(names) + " / of " + count(MANY),
                many.times(1 / few.median()));
    }

    private static String count(int names) {
        return String.format(Locale.ROOT, names == 1 ? "%,d name" : "%,d names", names);
    }

    String text() {
        Table table = new Table(
                "Names",
                "ns a name, in memory",
                "ns a name, environment",
                "ns a name, by hand",
                "bytes a name",
                "LinkedHashMap, bytes a name",
                "ratio");
        for (Row row : rows) {
            table.row(
                    String.format(Locale.ROOT, "%,d", row.names),
                    row.inMemory.text(0),
                    row.environment.text(0),
                    row.byHand.text(0),
                    String.format(Locale.ROOT, "%.0f", row.bytes),
                    String.format(Locale.ROOT, "%.0f", row.linkedHashMapBytes),
                    String.format(Locale.ROOT, "%.2f", row.bytes / row.linkedHashMapBytes));
        }
        return "Bytes are what is kept on the heap after the resolve, names and values included. By hand: a loop that"
                + " fills a\nLinkedHashMap from the map of variables.\n\n" + table;
    }
}
