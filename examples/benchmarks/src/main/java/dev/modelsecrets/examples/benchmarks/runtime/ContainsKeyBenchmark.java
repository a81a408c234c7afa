package dev.modelsecrets.examples.benchmarks.runtime;

import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.Blackhole;

/** Asks for each name once, in another order than they were declared in. */
public class ContainsKeyBenchmark extends Timing {

    /** The secrets of this library. */
    @Benchmark
    public void modelSecrets(Maps maps, Blackhole blackhole) {
        askForAll(maps.secrets, maps.order, blackhole);
    }

    /** A hash map. */
    @Benchmark
    public void hashMap(Maps maps, Blackhole blackhole) {
        askForAll(maps.hashMap, maps.order, blackhole);
    }

    /** An immutable map of the JDK. */
    @Benchmark
    public void mapCopyOf(Maps maps, Blackhole blackhole) {
        askForAll(maps.mapCopyOf, maps.order, blackhole);
    }

    private static void askForAll(Map<String, String> map, String[] names, Blackhole blackhole) {
        for (String name : names) {
            blackhole.consume(map.containsKey(name));
        }
    }
}
