package dev.modelsecrets.examples.benchmarks.runtime;

import dev.modelsecrets.Secrets;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same secrets in maps of different kinds. */
@State(Scope.Benchmark)
public class Maps {

    /** How many secrets there are. */
    @Param({"4", "50", "1000"})
    public int names;

    String[] order = {};
    Map<String, String> secrets = Map.of();
    Map<String, String> hashMap = Map.of();
    Map<String, String> mapCopyOf = Map.of();

    /** Fills the maps. */
    @Setup
    public void fill() {
        Map<String, String> values = Fixture.secrets(names);
        order = Fixture.shuffledNames(values);
        secrets = Secrets.of(values);
        hashMap = new HashMap<>(values);
        mapCopyOf = Map.copyOf(values);
    }
}
