package dev.modelsecrets.examples.benchmarks.startup.everywhere;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** SmallRye Config with its defaults, as its guide sets it up; it reads JSON as the YAML that it also is. */
public final class SmallRye {

    private static final String[] NAMES = {
        "hf_access_token", "s3_secret_key", "secrets.local_token", "auth_token",
    };

    private SmallRye() {}

    /** Takes the directory of the mounted files and the local YAML file. */
    public static void main(String[] arguments) {
        System.setProperty("smallrye.config.source.file.locations", arguments[0]);
        System.setProperty("smallrye.config.locations", arguments[1]);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredSources()
                .withSources(new YamlConfigSource("auth", System.getenv("AUTH_SECRET")))
                .build();
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String name : NAMES) {
            secrets.put(name, config.getValue(name, String.class));
        }
        Check.print(secrets);
    }
}
