package dev.modelsecrets.examples.benchmarks.startup.config;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.file.FileSystemConfigSource;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The three sources of SmallRye Config in question and no others. */
public final class SmallRyeSources {

    private static final String SECTION = "secrets.";

    private SmallRyeSources() {}

    /** Takes the directory of the mounted files and the model's {@code config.yaml}. */
    public static void main(String[] arguments) throws IOException {
        YamlConfigSource yaml =
                new YamlConfigSource(Path.of(arguments[1]).toUri().toURL());
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(System.getenv(), 300), new FileSystemConfigSource(arguments[0]), yaml)
                .build();
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String key : yaml.getPropertyNames()) {
            if (key.startsWith(SECTION)) {
                String name = key.substring(SECTION.length());
                secrets.put(name, config.getValue(name, String.class));
            }
        }
        Check.print(secrets);
    }
}
