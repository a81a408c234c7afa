package dev.modelsecrets.examples.benchmarks.startup.code;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/** SmallRye Config with its defaults, as its guide sets it up. */
public final class SmallRye {

    private static final String[] NAMES = {"hf_access_token", "s3_access_key", "s3_secret_key", "s3_region"};

    private SmallRye() {}

    /** Takes the directory of the mounted files. */
    public static void main(String[] arguments) {
        System.setProperty("smallrye.config.source.file.locations", arguments[0]);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredSources()
                .build();
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String name : NAMES) {
            secrets.put(name, config.getValue(name, String.class));
        }
        Check.print(secrets);
    }
}
