package dev.modelsecrets.spring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Starts applications whose secrets are files of a directory, and nothing else of the machine. */
public final class Application {

    private final Path directory;
    private final List<String> arguments = new ArrayList<>();

    private Application(Path directory) {
        this.directory = directory;
        with("model-secrets.chain=mounted", "model-secrets.secrets-directory=" + directory);
    }

    /** What all applications have. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class Base {}

    public static Application with(Path directory, Map<String, String> secrets) throws IOException {
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            Files.writeString(directory.resolve(secret.getKey()), secret.getValue());
        }
        return new Application(directory);
    }

    public Application with(String... properties) {
        for (String property : properties) {
            String key = "--" + property.substring(0, property.indexOf('=') + 1);
            arguments.removeIf(argument -> argument.startsWith(key));
            arguments.add("--" + property);
        }
        return this;
    }

    public Application importing(String... names) {
        return with("spring.config.import=secrets:", "model-secrets.names=" + String.join(",", names));
    }

    public void rotate(String name, String value) throws IOException {
        Path next = directory.resolve(name + ".next");
        Files.writeString(next, value);
        Files.move(next, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    public ConfigurableApplicationContext start(Class<?>... sources) {
        return new SpringApplicationBuilder(Base.class)
                .sources(sources)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(arguments.toArray(new String[0]));
    }
}
