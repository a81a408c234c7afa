package dev.modelsecrets.examples.benchmarks.startup.config;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/** The property sources of Spring Boot alone, without an application. */
public final class SpringSources {

    private static final String SECTION = "secrets.";

    private SpringSources() {}

    /** Takes the directory of the mounted files and the model's {@code config.yaml}. */
    public static void main(String[] arguments) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addLast(new ConfigTreePropertySource("mounted", Path.of(arguments[0])));
        Map<String, String> secrets = new LinkedHashMap<>();
        for (PropertySource<?> config :
                new YamlPropertySourceLoader().load("config", new FileSystemResource(arguments[1]))) {
            for (String key : ((EnumerablePropertySource<?>) config).getPropertyNames()) {
                if (key.startsWith(SECTION)) {
                    String name = key.substring(SECTION.length());
                    secrets.put(name, environment.getRequiredProperty(name));
                }
            }
        }
        Check.print(secrets);
    }
}
