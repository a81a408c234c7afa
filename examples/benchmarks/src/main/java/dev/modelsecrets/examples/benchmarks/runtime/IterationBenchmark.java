package dev.modelsecrets.examples.benchmarks.runtime;

import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.Blackhole;

/** Goes over all entries once. */
public class IterationBenchmark extends Timing {

    /** The secrets of this library. */
    @Benchmark
    public void modelSecrets(Maps maps, Blackhole blackhole) {
        iterate(maps.secrets, blackhole);
    }

    /** A hash map. */
    @Benchmark
    public void hashMap(Maps maps, Blackhole blackhole) {
        iterate(maps.hashMap, blackhole);
    }

    /** An immutable map of the JDK. */
    @Benchmark
    public void mapCopyOf(Maps maps, Blackhole blackhole) {
        iterate(maps.mapCopyOf, blackhole);
    }

    private static void iterate(Map<String, String> map, Blackhole blackhole) {
        for (Map.Entry<String, String> entry : map.entrySet()) {
            blackhole.consume(entry.getKey());
            blackhole.consume(entry.getValue());
        }
    }
}
