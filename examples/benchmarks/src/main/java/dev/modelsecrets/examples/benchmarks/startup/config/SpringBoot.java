package dev.modelsecrets.examples.benchmarks.startup.config;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** An application of Spring Boot without beans, web server, banner or log lines. */
public final class SpringBoot {

    private SpringBoot() {}

    /** Takes the directory of the mounted files and the model's {@code config.yaml}. */
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
            ConfigurableEnvironment environment = context.getEnvironment();
            Map<String, String> secrets = new LinkedHashMap<>();
            for (String name : Binder.get(environment)
                    .bind("secrets", Bindable.mapOf(String.class, String.class))
                    .get()
                    .keySet()) {
                secrets.put(name, environment.getRequiredProperty(name));
            }
            Check.print(secrets);
        }
    }
}
