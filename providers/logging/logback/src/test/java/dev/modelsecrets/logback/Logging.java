package dev.modelsecrets.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A logger context of its own that writes to a file, by a {@code logback.xml}. */
final class Logging implements AutoCloseable {

    static final String PATTERN = "<encoder><pattern>%d %p [%t] %c %X %marker %kvp - %m%n%ex</pattern></encoder>";

    final LoggerContext context = new LoggerContext();
    final Path file;

    Logging(Path directory) {
        file = directory.resolve("app.log");
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.start();
    }

    /** Configures a file appender FILE with an encoder, and puts it behind what comes after it, if anything. */
    Logging configure(String encoder, String more, String root) {
        context.reset();
        configureAlso("<appender name='FILE' class='ch.qos.logback.core.FileAppender'><file>" + file + "</file>"
                + encoder + "</appender>" + more + "<root level='TRACE'><appender-ref ref='" + root + "'/></root>");
        return this;
    }

    Logging configure(String encoder) {
        return configure(encoder, "", "FILE");
    }

    void configureAlso(String xml) {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(new ByteArrayInputStream(
                    ("<configuration>" + xml + "</configuration>").getBytes(StandardCharsets.UTF_8)));
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
    }

    Logger logger() {
        return context.getLogger("com.acme.Model");
    }

    /** Returns what was written, when all of it is. */
    String written() {
        context.stop();
        return soFar();
    }

    String soFar() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
