package dev.modelsecrets.examples.benchmarks.startup.code;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.file.FileSystemConfigSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The two sources of SmallRye Config in question and no others. */
public final class SmallRyeSources {

    private static final String[] NAMES = {"hf_access_token", "s3_access_key", "s3_secret_key", "s3_region"};

    private SmallRyeSources() {}

    /** Takes the directory of the mounted files. */
    public static void main(String[] arguments) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(System.getenv(), 300), new FileSystemConfigSource(arguments[0]))
                .build();
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String name : NAMES) {
            secrets.put(name, config.getValue(name, String.class));
        }
        Check.print(secrets);
    }
}
