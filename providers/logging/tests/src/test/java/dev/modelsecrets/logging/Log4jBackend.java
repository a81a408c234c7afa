package dev.modelsecrets.logging;

import dev.modelsecrets.log4j2.SecretRedaction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.logging.log4j.CloseableThreadContext;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.StringMapMessage;
import org.springframework.core.env.StandardEnvironment;

/** Log4j 2 with a layout as a {@code log4j2.xml} has it. */
record Log4jBackend(String layout, String element) implements Backend {

    @Override
    public String name() {
        return "Log4j 2";
    }

    @Override
    public String written(Shape shape) {
        try {
            Path file = Files.createTempFile("shape", ".log");
            try {
                return written(shape, file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String written(Shape shape, Path file) throws IOException {
        LoggerContext context = new LoggerContext("shapes");
        // Where the formats of Spring Boot look.
        context.putObject(
                "org.springframework.boot.logging.log4j2.Log4J2LoggingSystem.environment", new StandardEnvironment());
        String xml = "<Configuration status='ERROR'><Appenders><File name='X' fileName='" + file + "'>" + element
                + "</File></Appenders><Loggers><Root level='TRACE'><AppenderRef ref='X'/></Root></Loggers></Configuration>";
        context.start(new XmlConfiguration(
                context, new ConfigurationSource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))));
        SecretRedaction.install(Shapes.SECRETS.redactor(), context);
        boolean logged = shape.logTo(new Log4jLog(context.getLogger("com.acme.Model")));
        context.stop();
        return logged ? Files.readString(file) : "";
    }

    private record Log4jLog(Logger logger) implements Log {

        @Override
        public void message(String text) {
            logger.info(text);
        }

        @Override
        public void argument(String before, Object argument) {
            logger.info(before + "{} and on", argument);
        }

        @Override
        public void thrown(Throwable failure) {
            logger.error("it failed", failure);
        }

        @Override
        public Optional<Runnable> context(String key, String value) {
            return Optional.of(() -> {
                try (CloseableThreadContext.Instance context = CloseableThreadContext.put(key, value)) {
                    context.push(value);
                    logger.info("in a context");
                }
            });
        }

        @Override
        public Optional<Runnable> marker(String name) {
            return Optional.of(() -> logger.info(new MarkerManager.Log4jMarker(name), "marked"));
        }

        @Override
        public Optional<Runnable> pair(String key, Object value) {
            return Optional.of(() -> logger.info(
                    value instanceof String text
                            ? new StringMapMessage().with(key, text)
                            : new MapMessage<>().with(key, String.valueOf(value))));
        }
    }
}
