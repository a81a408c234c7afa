package dev.modelsecrets.examples.benchmarks.startup.everywhere;

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

/** The sources of SmallRye Config in question and no others; it reads JSON as the YAML that it also is. */
public final class SmallRyeSources {

    private static final String[] NAMES = {
        "hf_access_token", "s3_secret_key", "secrets.local_token", "auth_token",
    };

    private SmallRyeSources() {}

    /** Takes the directory of the mounted files and the local YAML file. */
    public static void main(String[] arguments) throws IOException {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(
                        new EnvConfigSource(System.getenv(), 300),
                        new FileSystemConfigSource(arguments[0]),
                        new YamlConfigSource(Path.of(arguments[1]).toUri().toURL()),
                        new YamlConfigSource("auth", System.getenv("AUTH_SECRET")))
                .build();
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String name : NAMES) {
            secrets.put(name, config.getValue(name, String.class));
        }
        Check.print(secrets);
    }
}
