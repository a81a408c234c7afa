package dev.modelsecrets.examples.benchmarks.startup.everywhere;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/** The property sources of Spring Boot alone, without an application. */
public final class SpringSources {

    private static final String[] NAMES = {
        "hf_access_token", "s3_secret_key", "secrets.local_token", "auth_token",
    };

    private SpringSources() {}

    /** Takes the directory of the mounted files and the local YAML file. */
    public static void main(String[] arguments) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        sources.addLast(new ConfigTreePropertySource("mounted", Path.of(arguments[0])));
        for (PropertySource<?> local :
                new YamlPropertySourceLoader().load("local", new FileSystemResource(arguments[1]))) {
            sources.addLast(local);
        }
        Map<String, Object> json = JsonParserFactory.getJsonParser().parseMap(System.getenv("AUTH_SECRET"));
        sources.addLast(new MapPropertySource("auth", json));
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String name : NAMES) {
            secrets.put(name, environment.getRequiredProperty(name));
        }
        Check.print(secrets);
    }
}
