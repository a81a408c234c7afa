package dev.modelsecrets.log4j2;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;

/** A logger context of its own that writes to a file, by a {@code log4j2.xml}. */
final class Logging implements AutoCloseable {

    static final String PATTERN = "<PatternLayout charset='UTF-8' pattern='%d %p [%t] %c %X %x %marker - %m%n%ex'/>";

    final LoggerContext context;
    final Path file;

    Logging(Path directory) {
        this(directory, new LoggerContext("test"));
    }

    Logging(Path directory, LoggerContext context) {
        this.context = context;
        file = directory.resolve("app.log");
    }

    /** Configures a file appender FILE with a layout, others, and what the root logger refers to. */
    Logging configure(String layout, String more, String root) {
        return configure("<File name='FILE' fileName='" + file + "'>" + layout + "</File>" + more, root);
    }

    Logging configure(String appenders, String root) {
        String xml = "<Configuration status='ERROR'><Appenders>" + appenders
                + "</Appenders><Loggers><Root level='TRACE'>" + root + "</Root></Loggers></Configuration>";
        try {
            ConfigurationSource source =
                    new ConfigurationSource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
            context.start(new XmlConfiguration(context, source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Logging configure(String layout) {
        return configure(layout, "", ref("FILE"));
    }

    static String ref(String appender) {
        return "<AppenderRef ref='" + appender + "'/>";
    }

    Logger logger() {
        return context.getLogger("com.acme.Model");
    }

    /** Returns what was written, when all of it is. */
    String written() {
        context.stop();
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
