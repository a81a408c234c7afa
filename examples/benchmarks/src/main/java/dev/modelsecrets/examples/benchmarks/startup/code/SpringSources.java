package dev.modelsecrets.examples.benchmarks.startup.code;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The property sources of Spring Boot alone, without an application. */
public final class SpringSources {

    private static final String[] NAMES = {"hf_access_token", "s3_access_key", "s3_secret_key", "s3_region"};

    private SpringSources() {}

    /** Takes the directory of the mounted files. */
    public static void main(String[] arguments) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addLast(new ConfigTreePropertySource("mounted", Path.of(arguments[0])));
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String name : NAMES) {
            secrets.put(name, environment.getRequiredProperty(name));
        }
        Check.print(secrets);
    }
}
