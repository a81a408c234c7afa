package dev.modelsecrets.examples.benchmarks.runtime;

import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.Blackhole;

/** Looks each name up once, in another order than they were declared in. */
public class GetBenchmark extends Timing {

    /** The secrets of this library. */
    @Benchmark
    public void modelSecrets(Maps maps, Blackhole blackhole) {
        getAll(maps.secrets, maps.order, blackhole);
    }

    /** A hash map. */
    @Benchmark
    public void hashMap(Maps maps, Blackhole blackhole) {
        getAll(maps.hashMap, maps.order, blackhole);
    }

    /** An immutable map of the JDK. */
    @Benchmark
    public void mapCopyOf(Maps maps, Blackhole blackhole) {
        getAll(maps.mapCopyOf, maps.order, blackhole);
    }

    private static void getAll(Map<String, String> map, String[] names, Blackhole blackhole) {
        for (String name : names) {
            blackhole.consume(map.get(name));
        }
    }
}
