package dev.modelsecrets.examples.benchmarks.startup.everywhere;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** An application of Spring Boot, which reads the JSON from the variable {@code SPRING_APPLICATION_JSON}. */
public final class SpringBoot {

    private static final String[] NAMES = {
        "hf_access_token", "s3_secret_key", "secrets.local_token", "auth_token",
    };

    private SpringBoot() {}

    /** Takes the directory of the mounted files and the local YAML file. */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(SpringBoot.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(Map.of(
                "spring.main.banner-mode",
                "off",
                "spring.config.import",
                "configtree:" + arguments[0] + "/,file:" + arguments[1]));
        try (ConfigurableApplicationContext context = application.run()) {
            Map<String, String> secrets = new LinkedHashMap<>();
            for (String name : NAMES) {
                secrets.put(name, context.getEnvironment().getRequiredProperty(name));
            }
            Check.print(secrets);
        }
    }
}
