package dev.modelsecrets.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.logback.SecretRedaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** A Spring Boot application that configures its log with properties only. It has the JVM's one logger context. */
@Isolated
class SpringBootTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "ecs", "gelf", "logstash"})
    @SuppressWarnings("try") // The redaction is on as long as the block lasts.
    void application_withOneLineOfCode_writesNoSecret(String format) throws IOException {
        Path file = directory.resolve("app-" + format + ".log");
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        Stream<String> arguments = Stream.of("--logging.file.name=" + file, "--spring.main.banner-mode=off");
        if (!format.isEmpty()) {
            arguments = Stream.concat(arguments, Stream.of("--logging.structured.format.file=" + format));
        }

        try (ConfigurableApplicationContext context = application.run(arguments.toArray(String[]::new));
                SecretRedaction redaction = SecretRedaction.install(Shapes.SECRETS)) {
            LoggerFactory.getLogger("com.acme.Model")
                    .atError()
                    .addKeyValue("token", Shapes.TOKEN)
                    .setCause(new IllegalStateException("refused " + Shapes.TOKEN))
                    .log("calling with {}", Shapes.TOKEN);
        }

        String written = Files.readString(file);
        assertThat(written).contains("calling with [secret:hf_token]", "refused [secret:hf_token]");
        assertThat(LeakFinder.findsAny(Shapes.NEEDLES, written)).isFalse();
    }

    /** An application without beans. */
    static class Application {}
}
