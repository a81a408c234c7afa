package dev.modelsecrets.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.modelsecrets.logback.SecretRedaction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.MarkerFactory;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** Logback with an encoder as a {@code logback.xml} has it. */
record LogbackBackend(String layout, String encoder) implements Backend {

    @Override
    public String name() {
        return "Logback";
    }

    @Override
    public String written(Shape shape) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        // Where the formats of Spring Boot look.
        context.putObject(Environment.class.getName(), new StandardEnvironment());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(new ByteArrayInputStream(("<configuration><appender name='X' class='"
                            + MemoryAppender.class.getName() + "'>" + encoder
                            + "</appender><root level='TRACE'><appender-ref ref='X'/></root></configuration>")
                    .getBytes(StandardCharsets.UTF_8)));
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
        MemoryAppender appender = (MemoryAppender) context.getLogger("ROOT").getAppender("X");
        appender.setOutputStream(bytes);
        appender.start();
        SecretRedaction.install(Shapes.SECRETS.redactor(), context);
        boolean logged = shape.logTo(new LogbackLog(context, context.getLogger("com.acme.Model")));
        context.stop();
        return logged ? bytes.toString(StandardCharsets.UTF_8) : "";
    }

    /** Writes into memory. */
    public static final class MemoryAppender extends OutputStreamAppender<ILoggingEvent> {}

    private record LogbackLog(LoggerContext context, Logger logger) implements Log {

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
                context.getMDCAdapter().put(key, value);
                logger.info("in a context");
                context.getMDCAdapter().remove(key);
            });
        }

        @Override
        public Optional<Runnable> marker(String name) {
            return Optional.of(() -> logger.info(MarkerFactory.getDetachedMarker(name), "marked"));
        }

        @Override
        public Optional<Runnable> pair(String key, Object value) {
            return Optional.of(() -> logger.atInfo().addKeyValue(key, value).log("with a pair"));
        }
    }
}
