package dev.modelsecrets.testing.printers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.gson.Gson;
import com.thoughtworks.xstream.XStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.apache.commons.lang3.builder.RecursiveToStringStyle;
import org.apache.commons.lang3.builder.ReflectionToStringBuilder;
import org.apache.logging.log4j.message.ObjectMessage;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.springframework.core.style.ToStringCreator;
import org.yaml.snakeyaml.Yaml;

/** What people print, log and serialise objects with. A printer that refuses an object prints nothing of it. */
final class Printers {

    private Printers() {}

    /** Turns an object into text. */
    interface Printer {
        String print(Object object) throws Exception;
    }

    /** Returns the printers by the name they have in the table. */
    static Map<String, Printer> all() {
        Map<String, Printer> printers = new LinkedHashMap<>();
        printers.put("toString", String::valueOf);
        printers.put("java.util.logging", Printers::javaUtilLogging);
        printers.put("Logback", Printers::logback);
        printers.put("Log4j 2", Printers::log4j);
        printers.put("Java serialization", Printers::serialize);
        printers.put(
                "Jackson 2",
                com.fasterxml.jackson.databind.json.JsonMapper.builder()
                        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                        .build()::writeValueAsString);
        printers.put(
                "Jackson 2, fields",
                com.fasterxml.jackson.databind.json.JsonMapper.builder()
                        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                        .build()::writeValueAsString);
        printers.put("Jackson 3", new tools.jackson.databind.json.JsonMapper()::writeValueAsString);
        printers.put("Gson", new Gson()::toJson);
        printers.put("Kryo", Printers::kryo);
        printers.put("XStream", new XStream()::toXML);
        printers.put("SnakeYAML", new Yaml()::dump);
        printers.put("ReflectionToStringBuilder", Printers::reflection);
        printers.put(
                "ToStringCreator",
                object -> new ToStringCreator("x").append("y", object).toString());
        printers.put("JUnit", object -> messageOf(() -> assertEquals("another", object)));
        printers.put("AssertJ", object -> messageOf(() -> assertThat(object).isEqualTo("another")));
        printers.put("Mockito", Printers::mockito);
        return printers;
    }

    private static String javaUtilLogging(Object object) {
        LogRecord record = new LogRecord(java.util.logging.Level.INFO, "{0}");
        record.setParameters(new Object[] {object});
        return new SimpleFormatter().format(record);
    }

    private static String logback(Object object) {
        LoggerContext context = new LoggerContext();
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern("%msg %ex");
        layout.start();
        Throwable failure = object instanceof Throwable thrown ? thrown : null;
        return layout.doLayout(new LoggingEvent(
                "x", context.getLogger("x"), Level.INFO, "{}", failure, new Object[] {object, object}));
    }

    private static String log4j(Object object) {
        return new ParameterizedMessage("{}", object).getFormattedMessage()
                + new ObjectMessage(object).getFormattedMessage();
    }

    private static String serialize(Object object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static String kryo(Object object) {
        Kryo kryo = new Kryo();
        kryo.setRegistrationRequired(false);
        try (Output output = new Output(1 << 12, -1)) {
            kryo.writeClassAndObject(output, object);
            return new String(output.toBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String reflection(Object object) {
        return ReflectionToStringBuilder.toString(object)
                + ReflectionToStringBuilder.toString(object, new RecursiveToStringStyle());
    }

    @SuppressWarnings("DirectInvocationOnMock") // the call is what the assertion prints
    private static String mockito(Object object) {
        @SuppressWarnings("unchecked") // a mock of a functional interface
        Consumer<Object> mock = mock(Consumer.class);
        mock.accept(object);
        return messageOf(() -> verify(mock).accept("another"));
    }

    private static String messageOf(Runnable failing) {
        try {
            failing.run();
            return "";
        } catch (AssertionError failure) {
            return String.valueOf(failure.getMessage());
        }
    }
}
