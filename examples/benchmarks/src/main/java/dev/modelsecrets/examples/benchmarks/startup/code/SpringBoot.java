package dev.modelsecrets.examples.benchmarks.startup.code;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** An application of Spring Boot without beans, web server, banner or log lines. */
public final class SpringBoot {

    private static final String[] NAMES = {"hf_access_token", "s3_access_key", "s3_secret_key", "s3_region"};

    private SpringBoot() {}

    /** Takes the directory of the mounted files. */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(SpringBoot.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(
                Map.of("spring.main.banner-mode", "off", "spring.config.import", "configtree:" + arguments[0] + "/"));
        try (ConfigurableApplicationContext context = application.run()) {
            Map<String, String> secrets = new LinkedHashMap<>();
            for (String name : NAMES) {
                secrets.put(name, context.getEnvironment().getRequiredProperty(name));
            }
            Check.print(secrets);
        }
    }
}
