package dev.modelsecrets.examples.springboot;

import dev.modelsecrets.spring.EnableSecrets;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Serves a model whose secrets are declared in its {@code config.yaml}. */
@SpringBootApplication
@EnableSecrets(HuggingFace.class)
@EnableConfigurationProperties(ClientProperties.class)
public class SummarizerApplication {

    /** Made by Spring. */
    public SummarizerApplication() {}

    /**
     * Starts the application.
     *
     * @param arguments properties such as {@code --server.port=8080}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(SummarizerApplication.class, arguments);
    }
}
