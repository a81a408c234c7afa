package dev.modelsecrets.examples.benchmarks.startup.config;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/** SmallRye Config with its defaults, as its guide sets it up. */
public final class SmallRye {

    private SmallRye() {}

    /** Takes the directory of the mounted files and the model's {@code config.yaml}. */
    public static void main(String[] arguments) {
        System.setProperty("smallrye.config.source.file.locations", arguments[0]);
        System.setProperty("smallrye.config.locations", arguments[1]);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredSources()
                .build();
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String name :
                config.getValues("secrets", String.class, String.class).keySet()) {
            secrets.put(name, config.getValue(name, String.class));
        }
        Check.print(secrets);
    }
}
